// Advice or an error beside the thing it is about: a coloured edge, a sign, what is wrong, and the ways to
// fix it as links. Never a dialog.
#pragma once
#include <QFrame>
#include <QStringList>

class QHBoxLayout;
class QLabel;

namespace rw::ui {

class HintBox : public QFrame {
    Q_OBJECT
 public:
    enum class Kind { Info, Warn, Error };

    explicit HintBox(QWidget* parent = nullptr);

    // Replaces everything; `words` may be empty. The box stays hidden until it is shown.
    void set(Kind kind, const QString& title, const QString& words, const QStringList& actions = {});
    Kind kind() const { return m_kind; }

 Q_SIGNALS:
    void actionTriggered(int index);

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void refresh();

    Kind m_kind = Kind::Info;
    QLabel* m_icon;
    QLabel* m_title;
    QLabel* m_words;
    QWidget* m_links;
    QHBoxLayout* m_linkRow;
};

}  // namespace rw::ui
