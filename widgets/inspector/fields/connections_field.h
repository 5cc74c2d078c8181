// A field that names several connections, and words beside them: whom an alert is told.
#pragma once
#include <vector>

#include "widgets/inspector/fields/param_field.h"

class QCheckBox;
class QVBoxLayout;

namespace rw::ui {

/// A box for each word of the declaration, each connection of this computer that fits, and each name that the
/// value has besides: the pipeline may be for another computer, or use a variable.
class ConnectionsField final : public ParamField {
    Q_OBJECT
 public:
    explicit ConnectionsField(const ParamSpec& spec);
    void setValue(const Json& value) override;
    void setContext(const FieldContext& context) override;
    void setIssues(const std::vector<Issue>& issues) override;
    bool isWide() const override { return true; }

 private:
    struct Box {
        std::string name;
        QCheckBox* box;
    };
    /// Boxes for all that may be chosen, and all that is.
    void refill();
    void add(const std::string& name, const QString& label);
    void notifyEdited();

    QVBoxLayout* m_layout;
    std::vector<Box> m_boxes{};
    std::vector<std::string> m_fitting{}, m_chosen{};  ///< connections that fit; the value
};

}  // namespace rw::ui
