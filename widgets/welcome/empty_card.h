// The card of the welcome page that starts a pipeline of one's own: a blank canvas, or a CSV file.
#pragma once
#include <QFrame>

class QLabel;
class QPushButton;

namespace rw::ui {

class EmptyCard : public QFrame {
    Q_OBJECT
 public:
    explicit EmptyCard(QWidget* parent = nullptr);

 Q_SIGNALS:
    void emptyRequested();
    void csvRequested();

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void retranslate();
    void refreshIcon();

    QLabel *m_icon, *m_title, *m_words, *m_drop;
    QPushButton *m_empty, *m_csv;
};

}  // namespace rw::ui
