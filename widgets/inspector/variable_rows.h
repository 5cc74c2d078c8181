// The variables of the pipeline in its form: names with values, a line each. A name that is changed is
// changed in the parameters that use it, too.
#pragma once
#include <QWidget>
#include <string>
#include <vector>

#include "core/pipeline/pipeline.h"
#include "widgets/theme/while_whole.h"

class QLineEdit;
class QVBoxLayout;

namespace rw::ui {

class HintBox;

class VariableRows : public QWidget {
    Q_OBJECT
 public:
    explicit VariableRows(QWidget* parent = nullptr);

    /// Shows them without telling edited(). A line that is not a variable yet, or whose name can't be used,
    /// stays as it was typed.
    void setVariables(const std::vector<Variable>& variables);

 Q_SIGNALS:
    /// By the user. Names are unique, and none is empty.
    void edited(const std::vector<rw::Variable>& variables);
    void renamed(const std::string& from, const std::string& to);

 private:
    struct Line {
        QWidget* row;
        QLineEdit *name, *value;
        std::string known{};  ///< the name in the pipeline; empty: it has no such variable yet
    };
    /// Before the one at `place`.
    void addLine(std::size_t place);
    void removeLine(const QWidget* row);
    void takeAway(std::size_t place);
    void takeName(const QWidget* row);
    void tell();
    /// Why the name can't be used; empty: it can.
    QString objectionTo(const Line& line) const;
    void showObjections();
    Line* lineOf(const QWidget* row);

    std::vector<Line> m_lines{};
    QVBoxLayout* m_rows;
    HintBox* m_hint;
    WhileWhole m_whileWhole{};
};

}  // namespace rw::ui
