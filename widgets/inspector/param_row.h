// One parameter in the form: its label, its field, the reason when it does not apply, and under it the
// errors with the ways to fix them.
#pragma once
#include <QWidget>
#include <optional>
#include <utility>
#include <vector>

#include "core/pipeline/node_kind.h"
#include "widgets/inspector/fields/param_field.h"

class QLabel;
class QVBoxLayout;

namespace rw::ui {

class HintBox;
class Theme;

class ParamRow : public QWidget {
    Q_OBJECT
 public:
    explicit ParamRow(const ParamSpec& spec, QWidget* parent = nullptr);

    const ParamSpec& spec() const { return m_field->spec(); }
    ParamField& field() const { return *m_field; }
    /// Shows the row as the other parameters have it: in use, dashed with a reason, or not at all.
    void showApplying(const NodeKind& kind, const Json& params);
    /// The first of them is said under the field; those at places in its text are marked there. `action`: a
    /// way out besides the issue's own, told by actionChosen(). While a link is held down nothing changes
    /// until it was released.
    void setIssues(const std::vector<Issue>& issues, const QString& action = {});
    /// Where there is no error: the start values offered for missing ones, without a mark.
    void setOffers(const std::vector<Issue>& missing);
    /// The heading of its section is its label, and has the tool of the field at its right end.
    bool isHeaded() const;
    /// Of a label that stands beside its field, so that all fields of a form begin in one line.
    void setLabelWidth(int width);
    /// A widget below the field and its hint that belongs to it. Takes ownership.
    void addBelow(QWidget* widget);

 Q_SIGNALS:
    void fixChosen(const rw::Issue& issue, const rw::QuickFix& fix);
    void actionChosen();

 private:
    void arrange();
    void say(const Issue& issue, bool quietly, const QString& action);

    ParamField* m_field;
    QLabel *m_label, *m_reason;
    HintBox* m_hint;
    QVBoxLayout* m_column;
    bool m_beside = false;                                              ///< the label stands beside the field
    Issue m_shown;                                                      ///< the issue in the hint
    std::optional<std::pair<std::vector<Issue>, QString>> m_waiting{};  ///< for a link to be released
};

/// How wide the labels of a form are that has so much room for them and their fields.
int labelWidth(int room, const Theme& theme);

}  // namespace rw::ui
