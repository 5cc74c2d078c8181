// The first card of the welcome page: the demo that runs on every computer, with the page's one primary
// button.
#pragma once
#include <QFrame>

#include "widgets/document/examples.h"

class QLabel;
class QPushButton;

namespace rw::ui {

class DemoCard : public QFrame {
    Q_OBJECT
 public:
    explicit DemoCard(QWidget* parent = nullptr);

    /// Again after a change of language.
    void setExample(const Example& example);
    QPushButton* button() const { return m_run; }

 Q_SIGNALS:
    void runRequested(const QString& file);

 private:
    QString m_file;
    QLabel *m_title, *m_words, *m_note;
    QPushButton* m_run;
};

}  // namespace rw::ui
