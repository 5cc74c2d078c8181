// A line of the form that only says something: what follows from the graph rather than from a parameter.
#pragma once
#include <QWidget>

class QLabel;

namespace rw::ui {

class FormFact : public QWidget {
    Q_OBJECT
 public:
    FormFact(const QString& label, const QString& icon, QWidget* parent = nullptr);
    /// `code`, in the code font, may be empty.
    void set(const QString& code, const QString& words);
    void setLabelWidth(int width);

 private:
    QLabel *m_label, *m_code, *m_words;
};

}  // namespace rw::ui
