// A field that names a connection.
#pragma once
#include "widgets/inspector/fields/param_field.h"
#include "widgets/theme/while_whole.h"

class QComboBox;

namespace rw::ui {

/// One of the connections of this computer that fit, or any name that is typed: the pipeline may be for
/// another computer, or use a variable.
class ConnectionField final : public ParamField {
    Q_OBJECT
 public:
    explicit ConnectionField(const ParamSpec& spec);
    void setValue(const Json& value) override;
    bool showSeveral() override;
    void setContext(const FieldContext& context) override;
    void setIssues(const std::vector<Issue>& issues) override;

 private:
    void notifyEdited();
    QString emptyText() const;
    QComboBox* m_list;
    bool m_several = false;
    WhileWhole m_whileWhole;
};

}  // namespace rw::ui
