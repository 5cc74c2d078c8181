// Files that can't be written or read: a clear message with a way out, and nothing is lost.
#include <unistd.h>

#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "tests/unit/app/dialog_answers.h"
#include "tests/unit/app/window_fixture.h"
#include "widgets/document/file_watch.h"
#include "widgets/files/file_actions.h"
#include "widgets/files/rewritten_bar.h"
#include "widgets/log/log_file.h"
#include "widgets/log/log_panel.h"

using namespace rw;
using namespace rw::ui;

namespace {

/// Without the rights of root, which may write anywhere, for as long as it lives.
class Nobody {
 public:
    Nobody() : m_root(geteuid() == 0 && seteuid(65534) == 0) {}
    ~Nobody() {
        if (m_root && seteuid(0) != 0) qFatal("can't become root again");
    }

 private:
    const bool m_root;
};

}  // namespace

class TestSaving : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    QString write(const QString& name, const QByteArray& text) {
        QFile file(m_folder.filePath(name));
        if (file.open(QIODevice::WriteOnly)) file.write(text);
        return file.fileName();
    }
    /// Adds a node to the saved pipeline and saves again, which must fail; gives the message.
    static QString failToSave(const WindowFixture& fixture) {
        const std::size_t before = fixture.document().pipeline().nodes.size();
        DialogAnswers answers;
        if (fixture.window->findChild<FileActions*>()->save()) return QStringLiteral("it was saved");
        if (fixture.document().pipeline().nodes.size() != before || !fixture.document().isModified())
            return QStringLiteral("something was lost");
        if (answers.said.size() != 1 || !answers.buttons.contains(QStringLiteral("Save somewhere else…")))
            return QStringLiteral("no way out");
        return answers.said.front();
    }

 private Q_SLOTS:
    void initTestCase() { startProgram(); }
    void init() { emptyHome(); }
    void fileThatIsDeleted();
    void fileThatAnotherProgramWrote();
    void folderThatIsGone();
    void folderOfSomebodyElse();
    void fullDisk();
    void aPipelineThatIsTooLarge();
    void aNameWithoutSuffixOverwritesNothingUnasked();
    void filesThatCannotBeOpened_data();
    void filesThatCannotBeOpened();
    void errorsGoToTheLogWithTheirCode();
    void logThatCannotBeWrittenIsSaid();
};

void TestSaving::fileThatIsDeleted() {
    WindowFixture fixture;
    const QString path = m_folder.filePath(QStringLiteral("deleted.rill"));
    fixture.document().addNode({.type = "filter"}, {});
    QVERIFY(fixture.document().saveAs(path).ok());
    const QString title = fixture.window->windowTitle();
    QVERIFY(QFile::remove(path));
    fixture.window->findChild<FileWatch*>()->look();
    QTRY_VERIFY(fixture.window->windowTitle().contains(QLatin1String("(deleted on disk)")));
    auto* files = fixture.window->findChild<FileActions*>();
    {
        DialogAnswers answers;
        QVERIFY(!files->confirmClose());
        QVERIFY(answers.said.value(0).contains(QLatin1String("was deleted on disk")));
    }
    QVERIFY(fixture.action(QStringLiteral("Save"))->isEnabled());
    QVERIFY(files->save());
    QVERIFY(QFile::exists(path));
    QCOMPARE(fixture.window->windowTitle(), title);
    QVERIFY(files->confirmClose());
}

void TestSaving::fileThatAnotherProgramWrote() {
    WindowFixture fixture;
    PipelineDocument& document = fixture.document();
    const QString path = m_folder.filePath(QStringLiteral("shared.rill"));
    document.addNode({.type = "filter"}, {});
    QVERIFY(document.saveAs(path).ok());
    auto* watch = fixture.window->findChild<FileWatch*>();
    auto* bar = fixture.window->findChild<RewrittenBar*>();
    const auto press = [bar](const char* words) {
        for (QPushButton* link : bar->findChildren<QPushButton*>()) {
            if (link->text() == QLatin1String(words)) return link->click();
        }
        QFAIL("there is no such link");
    };
    const auto says = [bar](const char* words) {
        const QList<QLabel*> labels = bar->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [words](const QLabel* label) {
            return !label->isHidden() && label->text().contains(QLatin1String(words));
        });
    };
    const auto writtenByOthers = [&](const char* type) {
        Pipeline theirs;
        theirs.nodes.push_back({.id = "theirs", .type = type, .title = {}, .at = {}});
        return savePipelineFile(theirs, path.toStdString()).ok();
    };
    QVERIFY(bar->isHidden());
    QVERIFY(writtenByOthers("union"));
    QTRY_VERIFY((watch->look(), !bar->isHidden()));
    QVERIFY(says("shared.rill") && says("was changed by another program."));
    QVERIFY(!says("your changes that are not saved"));
    QCOMPARE(document.pipeline().nodes.front().type, std::string("filter"));  // nothing happens unasked
    press("Reload");
    QVERIFY(bar->isHidden());
    QCOMPARE(document.pipeline().nodes.front().type, std::string("union"));
    QVERIFY(!document.isModified());
    // Now with a change that reloading would lose.
    document.addNode({.type = "filter"}, {});
    QVERIFY(writtenByOthers("sort"));
    QTRY_VERIFY((watch->look(), !bar->isHidden()));
    QVERIFY(says("your changes that are not saved"));
    document.undoStack().undo();
    QVERIFY(!says("your changes that are not saved"));
    press("Keep mine");
    QVERIFY(bar->isHidden());
    QCOMPARE(document.pipeline().nodes.front().type, std::string("union"));
    QVERIFY(fixture.action(QStringLiteral("Save"))->isEnabled());
    DialogAnswers answers;
    QVERIFY(!fixture.window->findChild<FileActions*>()->save());
    QVERIFY(answers.said.value(0).contains(QLatin1String("changed by another program")));
    QVERIFY(answers.buttons.contains(QStringLiteral("Overwrite the file")));
    document.startEmpty();
    QVERIFY(bar->isHidden());
}

void TestSaving::folderThatIsGone() {
    WindowFixture fixture;
    QVERIFY(QDir(m_folder.path()).mkdir(QStringLiteral("gone")));
    fixture.document().addNode({.type = "filter"}, {});
    QVERIFY(fixture.document().saveAs(m_folder.filePath(QStringLiteral("gone/a.rill"))).ok());
    QVERIFY(QDir(m_folder.filePath(QStringLiteral("gone"))).removeRecursively());
    fixture.document().addNode({.type = "union"}, {});
    const QString said = failToSave(fixture);
    QVERIFY2(said.contains(QLatin1String("a.rill")) && said.contains(QLatin1String("does not exist")),
             qPrintable(said));
    fixture.document().startEmpty();
}

void TestSaving::folderOfSomebodyElse() {
    WindowFixture fixture;
    const QString folder = m_folder.filePath(QStringLiteral("theirs"));
    QVERIFY(QDir().mkpath(folder));
    const auto readable = QFile::ReadOwner | QFile::ExeOwner | QFile::ReadOther | QFile::ExeOther;
    QVERIFY(QFile::setPermissions(m_folder.path(), readable | QFile::WriteOwner));
    fixture.document().addNode({.type = "filter"}, {});
    const QString path = folder + QStringLiteral("/b.rill");
    QVERIFY(fixture.document().saveAs(path).ok());
    QVERIFY(QFile::setPermissions(folder, readable));
    fixture.document().addNode({.type = "union"}, {});
    {
        const Nobody nobody;
        const QString said = failToSave(fixture);
        QVERIFY2(said.contains(QLatin1String("may not write")), qPrintable(said));
    }
    QVERIFY(QFile::setPermissions(folder, readable | QFile::WriteOwner));
    const auto kept = loadPipelineFile(path.toStdString());
    QVERIFY(kept.ok());
    QCOMPARE(kept->pipeline.nodes.size(), std::size_t{1});  // the last good version
    fixture.document().startEmpty();
}

void TestSaving::fullDisk() {
    const QString disk = m_folder.filePath(QStringLiteral("disk"));
    QVERIFY(QDir().mkpath(disk));
    if (geteuid() != 0 ||
        QProcess::execute(QStringLiteral("mount"),
                          {QStringLiteral("-t"), QStringLiteral("tmpfs"), QStringLiteral("-o"),
                           QStringLiteral("size=64k"), QStringLiteral("tmpfs"), disk}) != 0)
        QSKIP("a small disk can only be made by root");
    QString said;
    std::size_t kept = 0;
    {
        WindowFixture fixture;
        fixture.document().addNode({.type = "filter"}, {});
        const QString path = disk + QStringLiteral("/c.rill");
        const bool saved = fixture.document().saveAs(path).ok();
        fixture.document().addNode({.type = "filter", .params = {{"condition", std::string(100'000, 'x')}}},
                                   {});
        if (saved) said = failToSave(fixture);
        if (const auto old = loadPipelineFile(path.toStdString()); old.ok())
            kept = old->pipeline.nodes.size();
        fixture.document().startEmpty();
    }
    QProcess::execute(QStringLiteral("umount"), {disk});
    QVERIFY2(said.contains(QLatin1String("disk is full")), qPrintable(said));
    QCOMPARE(kept, std::size_t{1});
}

// No other place helps: none is offered.
void TestSaving::aPipelineThatIsTooLarge() {
    WindowFixture fixture;
    fixture.document().addNode({.type = "filter"}, {});
    QVERIFY(fixture.document().saveAs(m_folder.filePath(QStringLiteral("large.rill"))).ok());
    fixture.document().addNode(
        {.type = "filter", .params = {{"text", std::string(std::size_t{17} << 20, 'x')}}}, {});
    {
        DialogAnswers answers;
        QVERIFY(!fixture.window->findChild<FileActions*>()->save());
        QCOMPARE(answers.said.size(), 1);
        QVERIFY2(answers.said.front().contains(QLatin1String("its file can have at most 16")),
                 qPrintable(answers.said.front()));
        QCOMPARE(answers.buttons, QStringList{QStringLiteral("Close")});
    }
    fixture.document().startEmpty();
}

void TestSaving::aNameWithoutSuffixOverwritesNothingUnasked() {
    const QString theirs = write(QStringLiteral("taken.rill"), "precious");
    WindowFixture fixture;
    fixture.document().addNode({.type = "filter"}, {});
    Names typed({m_folder.filePath(QStringLiteral("taken")), m_folder.filePath(QStringLiteral("free"))});
    DialogAnswers answers;
    QVERIFY(fixture.window->findChild<FileActions*>()->saveAs());
    QFile kept(theirs);
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(kept.readAll(), QByteArray("precious"));
    QCOMPARE(answers.said.size(), 1);
    QVERIFY2(answers.said.front().contains(QLatin1String("taken.rill")), qPrintable(answers.said.front()));
    QVERIFY(answers.buttons.contains(QStringLiteral("Overwrite the file")));
    QCOMPARE(fixture.document().path(), m_folder.filePath(QStringLiteral("free.rill")));
}

void TestSaving::filesThatCannotBeOpened_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("truncated") << QByteArray("{\"rill\": 1, \"nodes\": [")
                               << QStringLiteral("ends too early, in line 1");
    QTest::newRow("empty") << QByteArray() << QStringLiteral("The file is empty.");
    QTest::newRow("deeply nested") << QByteArray(200'000, '[') << QStringLiteral("nested too deeply");
    QTest::newRow("newer") << QByteArray("{\"rill\": 99, \"nodes\": [], \"wires\": []}")
                           << QStringLiteral("Update Rillwright.");
    QTest::newRow("another format") << QByteArray("%PDF-1.7\n\x01\x02\xff")
                                    << QStringLiteral("This is not JSON: line 1, column 1");
}

void TestSaving::filesThatCannotBeOpened() {
    QFETCH(QByteArray, text);
    QFETCH(QString, words);
    const QString path = write(QStringLiteral("odd.rill"), text);
    WindowFixture fixture;
    fixture.document().startEmpty();
    DialogAnswers answers;
    fixture.window->findChild<FileActions*>()->open(path);
    QCOMPARE(answers.said.size(), 1);
    QVERIFY2(answers.said.front().contains(QLatin1String("odd.rill")), qPrintable(answers.said.front()));
    QVERIFY2(answers.said.front().contains(words), qPrintable(answers.said.front()));
    QVERIFY(fixture.document().path().isEmpty());
}

void TestSaving::errorsGoToTheLogWithTheirCode() {
    qputenv("XDG_STATE_HOME", m_folder.filePath(QStringLiteral("state")).toLocal8Bit());
    {
        WindowFixture fixture;
        fixture.window->log().writeTo(openLogFile());
        DialogAnswers answers;
        fixture.window->findChild<FileActions*>()->open(m_folder.filePath(QStringLiteral("missing.rill")));
        auto* log = fixture.window->findChild<LogPanel*>();
        log->opens()->trigger();
        QVERIFY(log->model().rowCount() > 0);
        qWarning("a complaint of Qt");
    }
    QFile file(logFilePath());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    QVERIFY2(text.contains("missing.rill") && text.contains("[not_found]"), text.constData());
    QVERIFY(text.contains("Qt: a complaint of Qt"));
}

void TestSaving::logThatCannotBeWrittenIsSaid() {
    qputenv("XDG_STATE_HOME", write(QStringLiteral("no_folder"), "a file").toLocal8Bit());
    const LogFile log = openLogFile();
    QVERIFY(!log.sink);
    WindowFixture fixture;
    fixture.window->log().writeTo(log);
    auto* panel = fixture.window->findChild<LogPanel*>();
    panel->opens()->trigger();
    const LogModel& lines = panel->model();
    QCOMPARE(lines.rowCount(), 1);
    QVERIFY(lines.entry(0).fullText().contains(QLatin1String("no_folder")));
    qunsetenv("XDG_STATE_HOME");
}

QTEST_MAIN(TestSaving)
#include "test_saving.moc"
