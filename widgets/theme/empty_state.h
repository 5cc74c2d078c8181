// What stands in the middle of a panel that has nothing to show: a sign, what is missing, and a way out.
#pragma once
#include <QWidget>

class QLabel;
class QPushButton;

namespace rw::ui {

class EmptyState : public QWidget {
    Q_OBJECT
 public:
    explicit EmptyState(QWidget* parent = nullptr);

    void set(const QString& iconName, const QString& title, const QString& words, const QString& action = {});

 Q_SIGNALS:
    void actionTriggered();

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void refresh();

    QString m_iconName;
    QLabel* m_icon;
    QLabel* m_title;
    QLabel* m_words;
    QPushButton* m_action;
};

}  // namespace rw::ui
