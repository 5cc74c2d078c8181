// Presses keys and buttons at random, in the whole window: seeded, so that its findings can be looked for
// again. Timing is the machine's, so that one seed is nearly one story, not quite.
#pragma once
#include <QElapsedTimer>
#include <QStringList>
#include <QTimer>
#include <cstdio>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "tests/unit/app/window_fixture.h"

class QFileDialog;
class QMenu;

namespace rw::ui {

/// How long the GUI thread is busy at a time: from when it wakes up until it waits for events again.
class Turns {
 public:
    struct Turn {
        double millis = 0;
        std::string deed;  ///< in which it fell
        QString words;     ///< of its last step
    };

    Turns();
    /// The present action, for the report.
    void setDeed(const char* deed) {
        m_deed = deed;
        m_words.clear();
    }
    void setWords(const QString& words) { m_words = words; }
    void begin();
    void end();
    /// The work of the test itself is no turn.
    void leaveOut() { m_running = false; }

    /// The longest turn of each kind of deed.
    std::vector<Turn> longestFirst() const;
    int turns = 0, long200 = 0;  ///< those over 200 ms

 private:
    std::map<std::string, Turn> m_longest;
    QElapsedTimer m_clock;
    std::string m_deed;
    QString m_words;
    bool m_running = false;
};

class Monkey {
 public:
    /// `documents`: pipelines to go to and fro between. Actions are written to `trail` before they are done.
    Monkey(WindowFixture& fixture, unsigned seed, QStringList documents, std::FILE* trail);
    void act();
    Turns turns;
    int running = 0, paused = 0;  ///< actions after which a run was so

 private:
    struct Deed {
        const char* name;
        int weight;
        void (Monkey::*act)();
    };
    static const std::vector<Deed>& deeds();

    void pressKeys();
    void clickSomewhere();
    void pressButton();
    void clickNode();
    void dragOnCanvas();
    void dragWire();
    void wheel();
    void typeText();
    void editField();
    void addNode();
    void openDocument();
    void openRecent();
    void startEmpty();
    void openExample();
    void saveDocument();
    void undoSome();
    void runKeys();
    void contextMenu();
    void useMenu();
    void useDashboard();
    void useResults();
    void changePage();
    void changeLook();
    void wait();

    void answer();  ///< a dialog that has come up before the window
    void chooseFrom(QMenu& menu);
    void chooseFile(QFileDialog& dialog);
    void note(const QString& words);  ///< the next step, before it is done
    void settle(int millis);
    int below(std::size_t limit) { return static_cast<int>(m_random() % std::max<std::size_t>(limit, 1)); }
    /// Any of them.
    const auto& of(const auto& list) {
        return *std::next(list.begin(), below(static_cast<std::size_t>(list.size())));
    }
    QWidget& viewport() const { return *m_fixture.canvas().view().viewport(); }
    QPoint somewhere(const QWidget& widget);
    QPoint nodePoint();
    QWidget* focus() const;
    QWidget* anyWindow();

    WindowFixture& m_fixture;
    std::mt19937 m_random;
    const QStringList m_documents;
    std::FILE* m_trail;
    QTimer m_answers;
};

}  // namespace rw::ui
