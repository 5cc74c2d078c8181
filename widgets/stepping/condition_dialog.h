// The dialog that asks for the condition of a breakpoint: SQL over the columns of the rows there.
#pragma once
#include <QDialog>

#include "core/data/schema.h"

class QPushButton;

namespace rw::ui {

class ExpressionEdit;
class FormRow;

class ConditionDialog : public QDialog {
    Q_OBJECT
 public:
    /// `schema` is that of the rows; null: it is not known, and the run will say what is wrong.
    ConditionDialog(SchemaRef schema, const QString& condition, QWidget* parent);

    /// Without blanks around it; empty: all rows.
    QString condition() const;

 private:
    void check();

    const SchemaRef m_schema;
    ExpressionEdit* m_edit;
    FormRow* m_row;
    QPushButton* m_set;
};

}  // namespace rw::ui
