// A field of a form: its label above it, and below its purpose and its errors.
#pragma once
#include <QWidget>

class QLabel;

namespace rw::ui {

class HintBox;

class FormRow : public QWidget {
    Q_OBJECT
 public:
    /// `field` may hold the one that is typed in, which is then its focus proxy. Takes ownership.
    explicit FormRow(QWidget* field, QWidget* parent = nullptr);

    /// `help` may be empty.
    void setWords(const QString& label, const QString& help = {});
    /// Empty words: nothing is wrong.
    void setProblem(const QString& what, const QString& mend = {});
    bool hasProblem() const;

 private:
    QWidget* m_field;
    QLabel *m_label, *m_help;
    HintBox* m_hint;
};

}  // namespace rw::ui
