// Advice or an error beside the thing it is about: a coloured edge, a sign, the message, and the ways to
// fix it as links. Never a dialog.
#pragma once
#include <QFrame>
#include <QStringList>
#include <vector>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace rw::ui {

class HintBox : public QFrame {
    Q_OBJECT
 public:
    enum class Kind { Info, Warn, Error };

    explicit HintBox(QWidget* parent = nullptr);

    /// Replaces the words and links; `words` may be empty. The box stays hidden until it is shown. The links
    /// are changed, not created again: while a run goes on the words change each second, and one of the links
    /// may be pressed or have the keyboard.
    void set(Kind kind, const QString& title, const QString& words, const QStringList& actions = {});
    Kind kind() const { return m_kind; }
    /// A link is held down. Code that changes the meaning of links waits for pressEnded().
    bool isPressed() const;

 Q_SIGNALS:
    void actionTriggered(int index);
    void pressEnded();  ///< after the action that the press led to

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void refresh();
    void setLinks(const QStringList& actions);
    QPushButton* addLink();

    Kind m_kind = Kind::Info;
    QLabel* m_icon;
    QLabel* m_title;
    QLabel* m_words;
    QWidget* m_links;
    QHBoxLayout* m_linkRow;
    std::vector<QPushButton*> m_actions{};
};

}  // namespace rw::ui
