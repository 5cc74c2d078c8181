// The dialog of “Publish to Superset”: what it lists, that nothing is sent unasked, and that publishing, its
// errors and its cancellation leave the window free.
#include "widgets/publish/publish_dialog.h"

#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "core/nodes/catalogue.h"
#include "tests/support/patience.h"
#include "tests/support/worlds/superset_world.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;
using namespace rw::test;

namespace {

/// Numbers in a table, drawn as a table; and a chart of rows that no table has.
QByteArray numbersInto(const QByteArray& sink) {
    return "{\"rill\": 1, \"name\": \"Numbers\", \"nodes\": ["
           "{\"id\": \"made\", \"type\": \"generator\", \"params\": {\"rows\": 5, \"columns\": [\"n BIGINT = "
           "i\"]}},"
           "{\"id\": \"big\", \"type\": \"filter\", \"params\": {\"condition\": \"n > 2\"}}," +
           sink +
           "{\"id\": \"shown\", \"type\": \"table_view\", \"title\": \"All of them\", \"params\": {}},"
           "{\"id\": \"few\", \"type\": \"table_view\", \"title\": \"Big ones\", \"params\": {}}],"
           "\"wires\": [{\"from\": \"made\", \"to\": \"out\"}, {\"from\": \"made\", \"to\": \"shown\"},"
           "{\"from\": \"made\", \"to\": \"big\"}, {\"from\": \"big\", \"to\": \"few\"}]}";
}

const QByteArray kServer =
    "{\"id\": \"out\", \"type\": \"sql_sink\", \"params\": {\"connection\": \"pg\", \"table\": \"n\"}},";
const QByteArray kFile =
    "{\"id\": \"out\", \"type\": \"sqlite_sink\", \"params\": {\"database\": \"n.sqlite\", \"table\": "
    "\"n\"}},";

struct DialogFixture {
    explicit DialogFixture(SupersetFaults faults = {}, bool connected = true,
                           const QByteArray& sink = kServer)
        : world(std::move(faults)) {
        QFile file(folder.filePath(QStringLiteral("numbers.rill")));
        if (file.open(QIODevice::WriteOnly)) file.write(numbersInto(sink));
        file.close();
        if (connected) document.setConnections(world.connections());
        static_cast<void>(document.open(file.fileName()));
        QDeadlineTimer soon(30'000);
        while (!document.isValidated() && !soon.hasExpired()) QTest::qWait(10);
        dialog = std::make_unique<PublishDialog>(document, nullptr);
        dialog->show();
    }
    QPushButton* button(const char* name) const {
        return dialog->findChild<QPushButton*>(QLatin1String(name));
    }
    QTableWidget* table(const char* name) const {
        return dialog->findChild<QTableWidget*>(QLatin1String(name));
    }
    HintBox* answer() const { return dialog->findChild<HintBox*>(QStringLiteral("answer")); }
    QString said() const { return answer()->accessibleName() + u' ' + answer()->accessibleDescription(); }
    QString cell(const char* name, int row, int column) const {
        return table(name)->item(row, column)->text();
    }
    void look() const { button("look")->click(); }

    SupersetWorld world;
    Catalogue catalogue = builtin();
    QTemporaryDir folder{};
    PipelineDocument document{catalogue};
    std::unique_ptr<PublishDialog> dialog{};
};

}  // namespace

class TestPublishDialog : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void chartsAreListedWithTheirDifferences() {
        const DialogFixture fixture;
        QCOMPARE(fixture.table("charts")->rowCount(), 2);
        QCOMPARE(fixture.cell("charts", 0, 0), QStringLiteral("All of them"));
        QCOMPARE(fixture.cell("charts", 1, 1), QStringLiteral("not published"));
        QVERIFY2(fixture.cell("charts", 1, 2).contains(QStringLiteral("“big”")),
                 qPrintable(fixture.cell("charts", 1, 2)));
        QVERIFY(!fixture.button("publish")->isEnabled());
        QVERIFY(fixture.button("look")->isEnabled());
        // Nothing is sent before somebody asks for it.
        QTest::qWait(50);
        QVERIFY(fixture.world.requests().empty());
    }

    /// They are what people decide by.
    void differencesAreReadWithoutATooltip() {
        const DialogFixture fixture;
        fixture.dialog->show();
        QVERIFY(QTest::qWaitForWindowExposed(fixture.dialog.get(), 30'000));
        QTableWidget* const charts = fixture.table("charts");
        const QString words = fixture.cell("charts", 1, 2);
        const int room = charts->columnWidth(2);
        QVERIFY2(charts->fontMetrics().horizontalAdvance(words) > room, qPrintable(words));
        const int needed =
            charts->fontMetrics().boundingRect(0, 0, room, 1'000, Qt::TextWordWrap, words).height();
        QVERIFY2(charts->rowHeight(1) >= needed,
                 qPrintable(QStringLiteral("%1 of %2").arg(charts->rowHeight(1)).arg(needed)));
        QVERIFY(charts->rowHeight(1) > charts->verticalHeader()->defaultSectionSize());
    }

    void aLookThenThePublication() {
        const DialogFixture fixture;
        fixture.look();
        QVERIFY(fixture.dialog->isBusy() && !fixture.button("publish")->isEnabled());
        QTRY_VERIFY(!fixture.dialog->isBusy());
        QVERIFY2(fixture.button("publish")->isEnabled(), qPrintable(fixture.said()));
        QCOMPARE(fixture.table("objects")->rowCount(), 4);
        QCOMPARE(fixture.cell("objects", 0, 1), QStringLiteral("is new"));
        QCOMPARE(fixture.button("publish")->text(), QStringLiteral("Publish"));
        QVERIFY(fixture.world.imported().empty());
        fixture.button("publish")->click();
        QTRY_VERIFY(!fixture.dialog->isBusy());
        QVERIFY2(fixture.said().contains(QStringLiteral("published")), qPrintable(fixture.said()));
        QVERIFY(fixture.said().contains(QStringLiteral("/superset/dashboard/rillwright-numbers-")));
        QCOMPARE(fixture.world.imported(), fixture.dialog->bundle().zip());
        QVERIFY(!fixture.button("publish")->isEnabled());
    }

    /// What is replaced stands in the dialog before the button for it works.
    void whatIsReplacedIsSaidBefore() {
        const DialogFixture fixture;
        fixture.look();
        QTRY_VERIFY(fixture.button("publish")->isEnabled());
        fixture.button("publish")->click();
        QTRY_VERIFY(!fixture.dialog->isBusy());
        fixture.look();
        QTRY_VERIFY(fixture.button("publish")->isEnabled());
        QCOMPARE(fixture.cell("objects", 3, 1), QStringLiteral("is replaced"));
        QCOMPARE(fixture.button("publish")->text(), QStringLiteral("Publish and replace"));
        fixture.button("publish")->click();
        QTRY_VERIFY(!fixture.dialog->isBusy());
        QVERIFY2(fixture.said().contains(QStringLiteral("published")), qPrintable(fixture.said()));
        QCOMPARE(fixture.world.count("chart"), std::size_t{1});
    }

    void thePasswordOfTheDatabaseIsMentioned() {
        const DialogFixture fixture;
        fixture.look();
        QTRY_VERIFY(fixture.button("publish")->isEnabled());
        bool said = false;
        for (const QLabel* label : fixture.dialog->findChildren<QLabel*>())
            said |= label->text().contains(QStringLiteral("The password of the connection “pg”"));
        QVERIFY(said);
    }

    void errorsSayWhatToDo() {
        SupersetFaults faults;
        faults.importStatus = 422;
        faults.importBody =
            "{\"errors\":[{\"message\":\"x\",\"extra\":{\"a\":\"cannot be used for security reasons\"}}]}";
        const DialogFixture fixture(faults);
        fixture.look();
        QTRY_VERIFY(fixture.button("publish")->isEnabled());
        fixture.button("publish")->click();
        QTRY_VERIFY(!fixture.dialog->isBusy());
        QVERIFY2(fixture.said().contains(QStringLiteral("PREVENT_UNSAFE_DB_CONNECTIONS")),
                 qPrintable(fixture.said()));
        // It is to be looked at again first.
        QVERIFY(!fixture.button("publish")->isEnabled() && fixture.button("look")->isEnabled());
    }

    void aServerThatHangsIsLeft() {
        SupersetFaults faults;
        faults.hangs = true;
        DialogFixture fixture(faults);
        fixture.look();
        QTRY_VERIFY(fixture.button("publish")->isEnabled());
        fixture.button("publish")->click();
        fixture.world.awaitRequests(13);  // six of the look, and seven with the import
        QVERIFY(fixture.dialog->isBusy());
        QElapsedTimer since;
        since.start();
        fixture.button("close")->click();
        QVERIFY(!fixture.dialog->isBusy() && since.elapsed() < 10'000);
        QVERIFY(fixture.dialog->isVisible());
        QVERIFY2(fixture.said().contains(QStringLiteral("cancelled")), qPrintable(fixture.said()));
        fixture.button("close")->click();
        QVERIFY(!fixture.dialog->isVisible());
    }

    void itCanBeClosedAtAnyTime() {
        SupersetFaults faults;
        faults.hangs = true;
        DialogFixture fixture(faults);
        fixture.look();
        QTRY_VERIFY(fixture.button("publish")->isEnabled());
        fixture.button("publish")->click();
        fixture.world.awaitRequests(13);
        fixture.dialog.reset();
        QTest::qWait(50);  // what comes from the other thread finds nobody
    }

    void withoutASupersetTheWayToOneIsShown() {
        const DialogFixture fixture({}, false, kFile);
        QVERIFY(!fixture.button("look")->isEnabled() && fixture.button("export")->isEnabled());
        QVERIFY2(fixture.said().contains(QStringLiteral("No connection")), qPrintable(fixture.said()));
        QSignalSpy requested(&fixture.document, &PipelineDocument::connectionRequested);
        const auto links = fixture.answer()->findChildren<QPushButton*>();
        QCOMPARE(links.size(), 1);
        links.front()->click();
        QCOMPARE(requested.size(), 1);
        QCOMPARE(requested.front()[1].toStringList(), QStringList{QStringLiteral("superset")});
        QVERIFY(!fixture.dialog->isVisible());
    }

    /// Its button is for the mouse, F1 for the keyboard.
    void theHelpIsNear() {
        const DialogFixture fixture;
        QSignalSpy asked(fixture.dialog.get(), &PublishDialog::helpRequested);
        auto* const button = fixture.dialog->findChild<IconButton*>(QStringLiteral("help"));
        QVERIFY(button != nullptr && button->isVisible() && !button->accessibleName().isEmpty());
        button->click();
        QCOMPARE(asked.size(), 1);
        auto* const keys = fixture.dialog->findChild<QShortcut*>();
        QVERIFY(keys != nullptr && keys->key() == QKeySequence(Qt::Key_F1));
        Q_EMIT keys->activated();
        QCOMPARE(asked.size(), 2);
    }

    void whatCantBePublishedIsSaid() {
        const DialogFixture fixture({}, false);
        QVERIFY(!fixture.button("look")->isEnabled() && !fixture.button("export")->isEnabled());
        QVERIFY2(fixture.said().contains(QStringLiteral("None of the charts")), qPrintable(fixture.said()));
    }
};

QTEST_MAIN(TestPublishDialog)
#include "test_publish_dialog.moc"
