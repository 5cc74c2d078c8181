// “Why this score?”: what each feature contributed to the score of a row, as a list of bars.
#pragma once
#include <QFrame>

#include "core/views/contributions.h"

namespace rw::ui {

/// Goes away with Esc or a click elsewhere, and deletes itself.
class WhyScore final : public QFrame {
    Q_OBJECT
 public:
    static constexpr std::size_t kMostBars = 12;  ///< the smaller ones are counted

    /// `of`: the row, in a few words. `text`: its contributions, as contributionsIn() reads them.
    static void open(const QString& of, const std::string& text, const QPoint& at, QWidget* parent);

    /// The words of the menu entry, with its key.
    static QString menuWords();
    static constexpr Qt::Key kKey = Qt::Key_W;

    /// A line each, for screen readers.
    static QString wordsOf(const Contributions& contributions);

 protected:
    void keyPressEvent(QKeyEvent* event) override;

 private:
    WhyScore(const QString& of, const Contributions& contributions, QWidget* parent);
    void place(const QPoint& at);
};

}  // namespace rw::ui
