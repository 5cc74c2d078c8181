// Questions before a run, in the whole window: their texts, and that nothing happens before they are
// answered.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "tests/unit/app/window_fixture.h"
#include "tests/unit/session/own_files.h"
#include "widgets/files/file_actions.h"
#include "widgets/log/log_panel.h"
#include "widgets/session/consent_dialog.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

/// A pipeline that writes three numbers into a CSV file.
QByteArray writing(const QString& path) {
    return R"({"rill":1,"nodes":[{"id":"g","type":"generator","params":{"columns":["n BIGINT = i"],"rows":3}},)"
           R"({"id":"out","type":"csv_sink","params":{"path":")" +
           path.toUtf8() + R"("}}],"wires":[{"from":"g","to":"out"}]})";
}

ConsentDialog* question(const WindowFixture& fixture) {
    auto* dialog = fixture.window->findChild<ConsentDialog*>();
    return dialog != nullptr && dialog->isVisible() ? dialog : nullptr;
}

const RunSession& session(const WindowFixture& fixture) {
    return fixture.canvas().view().canvas().session();
}

QStringList words(const ConsentDialog& dialog) {
    QStringList all;
    for (const QLabel* label : dialog.findChildren<QLabel*>()) all << label->text();
    return all;
}

/// Presses a button of the message box that comes up, and keeps its words.
class Press {
 public:
    explicit Press(const QString& words) {
        QObject::connect(&m_timer, &QTimer::timeout, [this, words] {
            auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            if (box == nullptr) return;
            said << box->text();
            for (QAbstractButton* button : box->buttons()) {
                if (button->text() == words) return button->click();
            }
            box->reject();
        });
        m_timer.start(10);
    }
    QStringList said;

 private:
    QTimer m_timer;
};

}  // namespace

class TestConsent : public QObject, private OwnFiles {
    Q_OBJECT

    /// Presses Run.
    static void run(const WindowFixture& fixture) {
        auto* button = fixture.window->findChild<QPushButton*>(QStringLiteral("runButton"));
        QTRY_VERIFY(fixture.document().isValidated());
        QTest::mouseClick(button, Qt::LeftButton);
    }

 private Q_SLOTS:
    void initTestCase() { startProgram(); }
    void init() {
        emptyHome();
        renewFolder();
    }

    // Saving it is no consent, but it would be wrong to say that this program did not save it.
    void aSavedStrangerIsNotSaidToBeUnsaved() {
        const QString untrusted =
            write(QStringLiteral("stranger.rill"), writing(path(QStringLiteral("out"))));
        WindowFixture fixture;
        auto* files = fixture.window->findChild<FileActions*>();
        files->open(untrusted);
        fixture.document().addNode({"union"}, {});
        QVERIFY(files->save());
        fixture.document().undoStack().undo();
        QVERIFY(files->save());
        run(fixture);
        QTRY_VERIFY(question(fixture) != nullptr);
        const QString said = words(*question(fixture)).join(QLatin1Char('\n'));
        QVERIFY2(said.contains(QLatin1String("You have not agreed to it yet.")), qPrintable(said));
        QVERIFY2(!said.contains(QLatin1String("did not save")), qPrintable(said));
        QTest::keyClick(question(fixture), Qt::Key_Return);
        QTRY_VERIFY(question(fixture) == nullptr);
    }

    void strangersFileAsksBeforeItsFirstRun() {
        const QString startUp = write(QStringLiteral("bashrc"), "precious");
        const QString untrusted = write(QStringLiteral("stranger.rill"), writing(startUp));
        WindowFixture fixture;
        fixture.window->findChild<FileActions*>()->open(untrusted);
        run(fixture);
        QTRY_VERIFY(question(fixture) != nullptr);
        QVERIFY(words(*question(fixture)).contains(QStringLiteral("“stranger.rill” comes from elsewhere")));
        const auto* table = question(fixture)->findChild<QTableWidget*>();
        QCOMPARE(table->rowCount(), 1);
        QCOMPARE(table->item(0, 0)->text(), QStringLiteral("overwrites"));
        QCOMPARE(table->item(0, 1)->text(), QFileInfo(startUp).canonicalFilePath());
        auto* agree = question(fixture)->findChild<QPushButton*>(QStringLiteral("agree"));
        QCOMPARE(agree->text(), QStringLiteral("Run and overwrite “bashrc”"));
        QCOMPARE(contents(QStringLiteral("bashrc")), QByteArray("precious"));
        QTest::keyClick(question(fixture), Qt::Key_Return);  // the harmless way is the default
        QTRY_VERIFY(question(fixture) == nullptr);
        QTRY_VERIFY(session(fixture).wasDeclined() && !session(fixture).isActive());
        QCOMPARE(contents(QStringLiteral("bashrc")), QByteArray("precious"));
        auto* panel = fixture.window->findChild<LogPanel*>();
        panel->opens()->trigger();
        const LogModel& log = panel->model();
        QVERIFY(log.entry(log.rowCount() - 1).fullText().contains(QLatin1String("Nothing was started")));
        run(fixture);
        QTRY_VERIFY(question(fixture) != nullptr);
        QTest::mouseClick(question(fixture)->findChild<QPushButton*>(QStringLiteral("agree")),
                          Qt::LeftButton);
        QTRY_COMPARE(contents(QStringLiteral("bashrc")), QByteArray("n\n0\n1\n2\n"));
    }

    void commandLineAsksForAStranger() {
        QVERIFY(QDir().mkpath(path(QStringLiteral("resources/examples"))));
        const QString evil = write(QStringLiteral("resources/examples/this_computer.rill"),
                                   writing(path(QStringLiteral("out.csv"))));
        WindowFixture fixture;
        fixture.window->openAtStart(evil, true);
        QTRY_VERIFY(question(fixture) != nullptr);
        QCOMPARE(fixture.document().path(), evil);
        question(fixture)->reject();
        QTRY_VERIFY(session(fixture).wasDeclined() && !session(fixture).isActive());
        QVERIFY(!QFile::exists(path(QStringLiteral("out.csv"))));
    }

    void exampleOfTheProgramRunsUnasked() {
        WindowFixture fixture;
        fixture.window->openAtStart(
            QStringLiteral(RILLWRIGHT_SOURCE) + QStringLiteral("/resources/examples/this_computer.rill"),
            true);
        QVERIFY(fixture.document().path().isEmpty());
        QTRY_VERIFY(QFile::exists(fixture.document().folder() + QStringLiteral("/this_computer.sqlite")));
        QVERIFY(question(fixture) == nullptr);
    }

    void namesCannotDressUp() {
        ConsentRequest asked;
        asked.untrusted = true;
        Access access;
        access.kind = Access::Kind::Writes;
        access.target = "/tmp/<img src=x>\n/etc/passwd\xE2\x80\xAEvsc.&b";
        access.title = "<b>bold</b>";
        asked.targets = {{access, true}};
        const ConsentDialog dialog(asked, QStringLiteral("<h1>a</h1>\u202e"), nullptr);
        const auto* table = dialog.findChild<QTableWidget*>();
        const QString shown = table->item(0, 1)->text();
        QVERIFY(!shown.contains(QLatin1Char('\n')) && !shown.contains(QChar(0x202e)));
        QVERIFY(shown.contains(QLatin1String("<img src=x>")));
        // Tooltips are plain words, whoever wrote them: ControlStyle::polish().
        QVERIFY(table->item(0, 1)->toolTip().contains(QLatin1String("<img")));
        for (QLabel* label : dialog.findChildren<QLabel*>()) {
            label->ensurePolished();
            QCOMPARE(label->textFormat(), Qt::PlainText);
        }
        const QString button = dialog.findChild<QPushButton*>(QStringLiteral("agree"))->text();
        QVERIFY2(button.contains(QLatin1String("&&b")), qPrintable(button));
    }

    void anIncompleteTapeIsToldBeforeItReplacesOutputs() {
        ConsentRequest asked;
        asked.incompleteTape = RW_TEXT("tape_test", "The recording is cut off: 7 rows.");
        Access out;
        out.kind = Access::Kind::Writes;
        out.target = "/a/out.csv";
        asked.targets.push_back({out, false, true});
        const ConsentDialog dialog(asked, QStringLiteral("mine.rill"), nullptr);
        QVERIFY(words(dialog).contains(QStringLiteral("The tape is incomplete")));
        QVERIFY(words(dialog).contains(QStringLiteral("The recording is cut off: 7 rows.")));
        const auto* table = dialog.findChild<QTableWidget*>();
        QCOMPARE(table->item(0, 0)->text(), QStringLiteral("overwrites"));
        QCOMPARE(dialog.findChild<QPushButton*>(QStringLiteral("agree"))->text(),
                 QStringLiteral("Replay it and overwrite"));
        QVERIFY(dialog.findChild<QPushButton*>(QStringLiteral("decline"))->isDefault());
    }

    void aRunFromTheBeginningNamesTheCheckpointThatItDoesNotUse() {
        ConsentRequest asked;
        Access out;
        out.kind = Access::Kind::Writes;
        out.target = "/a/out.csv";
        asked.targets.push_back({out, true});
        const ConsentDialog dialog(asked, QStringLiteral("mine.rill"), nullptr,
                                   {.checkpoint = QStringLiteral("checkpoint 7")});
        QVERIFY(words(dialog).join(u'|').contains(QStringLiteral("continues from checkpoint 7")));
        const ConsentDialog none(asked, QStringLiteral("mine.rill"), nullptr);
        QVERIFY(!words(none).join(u'|').contains(QStringLiteral("checkpoint")));
    }

    void listeningIsNotCalledARun() {
        ConsentRequest asked;
        asked.untrusted = true;
        asked.targets.push_back({Access{}});
        const ConsentDialog dialog(asked, QStringLiteral("mine.rill"), nullptr,
                                   {.of = ConsentPurpose::Of::Listening});
        QCOMPARE(dialog.windowTitle(), QStringLiteral("Before listening"));
        QCOMPARE(dialog.findChild<QPushButton*>(QStringLiteral("agree"))->text(), QStringLiteral("Listen"));
        QCOMPARE(dialog.findChild<QPushButton*>(QStringLiteral("decline"))->text(),
                 QStringLiteral("Do not listen"));
        QVERIFY(words(dialog).filter(QStringLiteral("run")) ==
                words(dialog).filter(QStringLiteral("read or run")));
    }

    void longListsScroll() {
        ConsentRequest asked;
        asked.untrusted = true;
        for (int i = 0; i < 500; ++i) {
            Access access;
            access.kind = i % 2 == 0 ? Access::Kind::Reads : Access::Kind::Writes;
            access.target = "/home/somebody/" + std::string(400, 'x') + "/file" + std::to_string(i);
            asked.targets.push_back({access, i == 499});
        }
        ConsentDialog dialog(asked, QStringLiteral("long.rill"), nullptr);
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog, 30'000));
        QVERIFY(dialog.width() <= Theme::of().scaled(800) && dialog.height() <= Theme::of().scaled(600));
        const auto* table = dialog.findChild<QTableWidget*>();
        QVERIFY(table->verticalScrollBar()->maximum() > 0);
        QCOMPARE(table->item(0, 0)->text(), QStringLiteral("overwrites"));  // first of all
        QCOMPARE(table->textElideMode(), Qt::ElideMiddle);
    }

    // ── Another program wrote the file ──

    void saveAsksWhenAnotherProgramWroteTheFile_data() {
        QTest::addColumn<QString>("answer");
        QTest::addColumn<bool>("theirs");
        QTest::addColumn<bool>("modified");
        QTest::newRow("keep editing") << QStringLiteral("Keep editing") << true << true;
        QTest::newRow("overwrite") << QStringLiteral("Overwrite the file") << false << false;
        QTest::newRow("reload") << QStringLiteral("Reload the file") << true << false;
    }
    void saveAsksWhenAnotherProgramWroteTheFile() {
        QFETCH(QString, answer);
        QFETCH(bool, theirs);
        QFETCH(bool, modified);
        WindowFixture fixture;
        const QString file = path(QStringLiteral("a.rill"));
        fixture.document().addNode({.type = "filter"}, {});
        QVERIFY(fixture.document().saveAs(file).ok());
        const QDateTime time = QFileInfo(file).lastModified();
        QByteArray text = contents(QStringLiteral("a.rill"));
        write(QStringLiteral("a.rill"), text.replace("filter", "rilter"));  // as long as it was
        QFile touched(file);
        QVERIFY(touched.open(QIODevice::ReadWrite));
        QVERIFY(touched.setFileTime(time, QFileDevice::FileModificationTime));
        touched.close();
        fixture.document().addNode({.type = "union"}, {});
        Press press(answer);
        fixture.window->findChild<FileActions*>()->save();
        QCOMPARE(press.said.size(), 1);
        QVERIFY2(press.said[0].contains(QLatin1String("a.rill")), qPrintable(press.said[0]));
        QCOMPARE(contents(QStringLiteral("a.rill")).contains("rilter"), theirs);
        QCOMPARE(fixture.document().isModified(), modified);
        fixture.document().startEmpty();
    }

    void saveAsksNothingWhenTheFileIsTheSame() {
        WindowFixture fixture;
        const QString file = path(QStringLiteral("a.rill"));
        fixture.document().addNode({.type = "filter"}, {});
        QVERIFY(fixture.document().saveAs(file).ok());
        const QByteArray text = contents(QStringLiteral("a.rill"));
        write(QStringLiteral("a.rill"), text);  // another time, the same bytes
        fixture.document().addNode({.type = "union"}, {});
        Press press(QStringLiteral("Keep editing"));
        QVERIFY(fixture.window->findChild<FileActions*>()->save());
        QVERIFY(QFile::remove(file));
        fixture.document().addNode({.type = "union"}, {});
        QVERIFY(fixture.window->findChild<FileActions*>()->save());
        QVERIFY(press.said.isEmpty());
    }
};

QTEST_MAIN(TestConsent)
#include "test_consent.moc"
