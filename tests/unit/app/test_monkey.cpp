// Actions at random in the whole window, with two documents and their runs: it does not crash, undo to the
// start gives the original bytes, redo the last. RILLWRIGHT_MONKEY_ACTIONS sets how many (500, more where those
// have done too little), RILLWRIGHT_MONKEY_SEED which (1, or by RILLWRIGHT_SEED); the trail of the last one is in
// the folder for temporary files.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include <cstdio>

#include "app/running/main_tool_bar.h"
#include "core/pipeline/json/json.h"
#include "tests/support/random_cases.h"
#include "tests/unit/app/monkey/monkey.h"
#include "widgets/files/file_actions.h"

using namespace rw;
using namespace rw::ui;

namespace {

constexpr int kActions = 500, kBetweenLooks = 50;

constexpr char kWindows[] = R"json({ "rill": 1, "name": "windows",
  "nodes": [
    { "id": "rows", "type": "generator", "at": [32, 160],
      "params": { "columns": ["ts TIMESTAMP(3)", "k STRING = PICK('a', 'b', 'c')", "v DOUBLE = 100 * RANDOM()"],
                  "rate": 2000, "event_time": "ts", "disorder": "2s" } },
    { "id": "busy", "type": "filter", "at": [320, 160], "params": { "condition": "v > 20" } },
    { "id": "window", "type": "window_aggregate", "at": [600, 160],
      "params": { "window": "tumble", "size": "1s", "keys": ["k"], "aggregates": ["AVG(v) AS mean"] } },
    { "id": "line", "type": "line_chart", "at": [900, 32], "params": { "x": "window_time", "y": ["mean"], "series": "k" } },
    { "id": "table", "type": "table_view", "at": [900, 240] },
    { "id": "out", "type": "csv_sink", "at": [900, 400], "params": { "path": "out.csv" } }
  ],
  "wires": [ { "from": "rows", "to": "busy" }, { "from": "busy", "to": "window" }, { "from": "window", "to": "line" },
             { "from": "window", "to": "table" }, { "from": "busy", "to": "out" } ],
  "dashboard": { "cards": [ { "node": "line", "at": [0, 0], "size": [12, 5] } ] },
  "notes": [ { "text": "a note", "at": [32, 32], "size": [240, 80] } ],
  "of a later version": { "kept": 1.0 }
})json";

constexpr char kEnding[] = R"json({ "rill": 1, "name": "ending",
  "nodes": [
    { "id": "rows", "type": "generator", "at": [32, 160], "params": { "columns": ["n BIGINT = i"], "rows": 20000, "rate": 0 } },
    { "id": "histogram", "type": "histogram", "at": [320, 160], "params": { "value": "n" } },
    { "id": "base", "type": "sqlite_sink", "at": [320, 360], "params": { "database": "t.sqlite", "table": "numbers" } }
  ],
  "wires": [ { "from": "rows", "to": "histogram" }, { "from": "rows", "to": "base" } ]
})json";

unsigned numberOf(const char* variable, unsigned otherwise) {
    bool given = false;
    const unsigned number = qEnvironmentVariable(variable).toUInt(&given);
    return given ? number : otherwise;
}

/// Where two texts part, with the steps since.
QByteArray parting(const QByteArray& is, const QByteArray& should, const QUndoStack& undo) {
    const QList<QByteArray> one = is.split('\n'), other = should.split('\n');
    int line = 0;
    while (line < std::min(one.size(), other.size()) && one[line] == other[line]) ++line;
    QByteArray words = "line " + QByteArray::number(line + 1) + " is\n" + one.value(line) +
                       "\nand should be\n" + other.value(line) + "\nafter";
    for (int i = 0; i < undo.count(); ++i) words += " · " + undo.text(i).toUtf8();
    return words;
}

QByteArray bytesOf(const PipelineDocument& document) {
    return QByteArray::fromStdString(savePipeline(document.pipeline()));
}

}  // namespace

class TestMonkey : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    QString write(const QString& name, const char* text) const {
        // As the program itself would save it, so that saving is no change.
        const auto loaded = loadPipeline(text);
        if (!loaded.ok()) qFatal("%s", english(loaded.error()).c_str());
        const QString path = m_folder.filePath(name);
        if (!savePipelineFile(loaded->pipeline, path.toStdString()).ok()) qFatal("can't write");
        return path;
    }

 private Q_SLOTS:
    void initTestCase() { startProgram(); }
    void init() { emptyHome(); }
    void undoGivesTheFirstBytesWhateverIsDone();
};

void TestMonkey::undoGivesTheFirstBytesWhateverIsDone() {
    const unsigned actions = numberOf("RILLWRIGHT_MONKEY_ACTIONS", kActions);
    const unsigned seed = numberOf("RILLWRIGHT_MONKEY_SEED", test::seedsOf(test::suites::Monkeys).front());
    const QString trailPath = QDir::temp().filePath(QStringLiteral("rillwright-monkey-%1.txt").arg(seed));
    std::FILE* trail = std::fopen(trailPath.toLocal8Bit().constData(), "w");
    QVERIFY(trail != nullptr);
    const auto close = qScopeGuard([trail] { std::fclose(trail); });
    std::printf("%u actions, seed %u, trail in %s\n", actions, seed, qPrintable(trailPath));
    std::fflush(stdout);

    const QStringList documents{write(QStringLiteral("windows.rill"), kWindows),
                                write(QStringLiteral("ending.rill"), kEnding)};
    WindowFixture fixture;
    QVERIFY(QTest::qWaitForWindowActive(fixture.window.get(), 30'000));
    PipelineDocument& document = fixture.document();
    QByteArray first = bytesOf(document);
    int opened = 0;
    const auto note = [&](const DocumentChange& change) {
        if (change.kind != DocumentChange::Kind::Reset) return;
        first = bytesOf(document);
        ++opened;
    };
    const auto watch = connect(&document, &PipelineDocument::changed, this, note);
    Monkey monkey(fixture, seed, documents, trail);
    // Chance alone may come to no run. The monkey answers the question before one, now so, now so.
    fixture.window->findChild<FileActions*>()->open(documents.front());
    const auto& bar = *fixture.window->findChild<MainToolBar*>();
    const auto runs = [&] {
        if (QApplication::activeModalWidget() == nullptr && bar.runAction()->isEnabled())
            bar.runAction()->trigger();
        return bar.pauseAction()->isEnabled();
    };
    QVERIFY2(QTest::qWaitFor(runs, 20'000), "nothing runs");
    int steps = 0;
    const auto enough = [&] { return opened > 1 && steps > 5 && monkey.running > 10 && monkey.paused > 0; };
    const unsigned most = actions < kActions ? actions : 4 * actions;
    for (unsigned action = 1; action <= (enough() ? actions : most); ++action) {
        // Nor need chance pause it.
        if (monkey.paused == 0 && QApplication::activeModalWidget() == nullptr &&
            bar.pauseAction()->isEnabled())
            bar.pauseAction()->trigger();
        monkey.act();
        if (action % kBetweenLooks != 0 && action != actions) continue;
        QUndoStack& undo = document.undoStack();
        const int here = undo.index();
        steps += here;
        const QByteArray last = bytesOf(document);
        const auto compare = [&](const QByteArray& should) {
            const QByteArray is = bytesOf(document);
            return is == should ? QByteArray()
                                : "action " + QByteArray::number(action) + ": " + parting(is, should, undo);
        };
        undo.setIndex(0);
        const QByteArray atStart = compare(first);
        QVERIFY2(atStart.isEmpty(), atStart.constData());
        undo.setIndex(here);
        const QByteArray atEnd = compare(last);
        QVERIFY2(atEnd.isEmpty(), atEnd.constData());
    }
    disconnect(watch);
    std::printf("%d documents opened, %d steps undone and done again\n", opened, steps);
    std::printf("a run was going on after %d actions, paused after %d\n", monkey.running, monkey.paused);
    std::printf("%d of %d turns of the GUI over 200 ms; the longest of each kind of action:\n",
                monkey.turns.long200, monkey.turns.turns);
    for (const Turns::Turn& turn : monkey.turns.longestFirst())
        std::printf("%6.0f ms  %s: %s\n", turn.millis, turn.deed.c_str(), qPrintable(turn.words));
    std::fflush(stdout);
    // Chance decides the actions; of so many some do each of these.
    if (actions >= kActions) QVERIFY2(enough(), "the monkey has done too little to show anything");
    document.startEmpty();
}

int main(int argc, char** argv) {
    qputenv("QT_NO_GLIB", "1");  // its event loop does not say when it waits
    if (qEnvironmentVariableIsEmpty("QTEST_FUNCTION_TIMEOUT"))
        qputenv("QTEST_FUNCTION_TIMEOUT", "7200000");  // milliseconds: many actions take their time
    QApplication application(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    TestMonkey test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_monkey.moc"
