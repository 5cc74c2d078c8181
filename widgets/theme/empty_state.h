// The text in the middle of a panel that has nothing to show: a sign, the missing thing, and a way out.
#pragma once
#include <QWidget>

class QBoxLayout;
class QLabel;
class QPushButton;

namespace rw::ui {

class EmptyState : public QWidget {
    Q_OBJECT
 public:
    explicit EmptyState(QWidget* parent = nullptr);

    /// Given the keyboard, it passes it on to the action, if there is one.
    void set(const QString& iconName, const QString& title, const QString& words, const QString& action = {});
    QSize minimumSizeHint() const override;

 Q_SIGNALS:
    void actionTriggered();

 protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

 private:
    void refresh();
    void arrange();
    bool isOneLine(int room) const;

    QString m_iconName;
    int m_needed = 0;  ///< height that title, words and action take
    QBoxLayout* m_lines;
    QLabel* m_icon;
    QLabel* m_title;
    QLabel* m_words;
    QPushButton* m_action;
};

}  // namespace rw::ui
