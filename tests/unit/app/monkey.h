// Somebody who presses keys and buttons at random, in the whole window: seeded, so that what he finds can be
// looked for again. Timing is the machine's, so that one seed is nearly one story, not quite.
#pragma once
#include <QElapsedTimer>
#include <QStringList>
#include <QTimer>
#include <cstdio>
#include <random>

#include "tests/unit/app/window_fixture.h"

class QMenu;

namespace rw::ui {

/// How long the GUI thread is busy at a time: from when it wakes up until it waits for events again.
class Turns {
 public:
    Turns();
    /// What happens now, for the report.
    void setName(const QString& name) { m_name = name; }
    void begin();
    void end();
    /// What the test itself does is no turn.
    void leaveOut() { m_running = false; }

    double longest = 0;  ///< milliseconds
    QString longestName;
    int turns = 0, long200 = 0;  ///< those over 200 ms

 private:
    QElapsedTimer m_clock;
    QString m_name;
    bool m_running = false;
};

class Monkey {
 public:
    /// `documents`: pipelines to go to and fro between. Actions are written to `trail` before they are done.
    Monkey(const WindowFixture& fixture, unsigned seed, QStringList documents, std::FILE* trail);
    void act();
    Turns turns;

 private:
    struct Deed {
        const char* name;
        int weight;
        void (Monkey::*act)();
    };
    static const std::vector<Deed>& deeds();

    void pressKeys();
    void clickSomewhere();
    void clickNode();
    void dragOnCanvas();
    void dragWire();
    void wheel();
    void typeText();
    void editField();
    void addNode();
    void openDocument();
    void openExample();
    void saveDocument();
    void undoSome();
    void runKeys();
    void contextMenu();
    void changePage();
    void wait();

    void answer();  ///< what has come up before the window
    void chooseFrom(QMenu& menu);
    void settle(int millis);
    int below(std::size_t limit) { return static_cast<int>(m_random() % std::max<std::size_t>(limit, 1)); }
    template <class T>
    const T& of(const std::vector<T>& list) {
        return list[static_cast<std::size_t>(below(list.size()))];
    }
    QWidget& viewport() const { return *m_fixture.canvas().view().viewport(); }
    QPoint somewhere(const QWidget& widget);
    QPoint nodePoint();
    QWidget* focus() const;

    const WindowFixture& m_fixture;
    std::mt19937 m_random;
    const QStringList m_documents;
    std::FILE* m_trail;
    QTimer m_answers;
};

}  // namespace rw::ui
