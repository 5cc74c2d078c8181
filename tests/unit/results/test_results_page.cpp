// The Results tab: tables of the pipeline's databases, a grid that is read by pages, filtered, sorted and
// written out.
#include <SQLiteCpp/Database.h>

#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "core/connect/files/output_lock.h"
#include "core/data/text.h"
#include "tests/unit/results/shown_results.h"
#include "widgets/results/profile_panel.h"
#include "widgets/results/result_grid.h"
#include "widgets/theme/search_field.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

struct ResultsFixture : ShownResults {
    void fill(int rows) {
        SQLite::Database database(path.toStdString(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        database.exec(
            "CREATE TABLE load_per_core (window_start TEXT, core INTEGER, avg_load REAL, note TEXT)");
        database.exec(
            "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < " +
            std::to_string(rows) +
            ") INSERT INTO load_per_core SELECT '2026-11-20 14:41:' || printf('%02d', i % 60), i % 16,"
            " (i * 37 % 1000) / 1000.0, CASE i % 5 WHEN 0 THEN '2 late' END FROM n");
        database.exec("CREATE TABLE alerts (at TEXT)");
        database.exec("CREATE VIEW busiest AS SELECT core, MAX(avg_load) FROM load_per_core GROUP BY core");
    }
    NodeId addSink(const QString& database, const char* table) {
        Json params = Json::object();
        params["database"] = database.toStdString();
        params["table"] = table;
        return document.addNode({"sqlite_sink", params, QStringLiteral("Loads")}, {0, 0});
    }
    /// Typed rows with a DECIMAL, and the sink that takes them.
    void addOrders() {
        const NodeId rows = document.addNode(
            {"rows", Json::parse(R"json({"columns": ["name STRING", "total DECIMAL(10,2)", "paid BOOLEAN"],
                                     "rows": [["a", "89.00", true], ["b", "100.00", false],
                                              ["c", "250.50", true]]})json")},
            {0, 0});
        document.connectPorts({rows, "out"}, {addSink(path, "orders"), "in"});
    }
    QPushButton* exportButton() const {
        const auto buttons = page.findChildren<QPushButton*>();
        for (QPushButton* each : buttons)
            if (each->isVisibleTo(&page) && each->text().startsWith(QLatin1String("Export"))) return each;
        return nullptr;
    }
};

/// Does something with the next modal window of this kind that opens while the result lives.
template <class Window, class Act>
std::unique_ptr<QTimer> whenAsked(Act act) {
    auto looking = std::make_unique<QTimer>();
    QObject::connect(looking.get(), &QTimer::timeout, [timer = looking.get(), act] {
        auto* window = qobject_cast<Window*>(QApplication::activeModalWidget());
        if (window == nullptr) return;
        timer->stop();
        act(*window);
    });
    looking->start(20);
    return looking;
}

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}  // namespace

class TestResultsPage : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void showsWhatTheSinkWrites() {
        ResultsFixture fixture;
        fixture.fill(1000);
        fixture.addSink(fixture.path, "load_per_core");
        QTRY_COMPARE(fixture.page.side().path(), fixture.path);
        QTRY_COMPARE(fixture.page.model().rowCount(), 1000);  // the sink's table, not the first by name
        QTRY_COMPARE(fixture.cell(17, 1), QStringLiteral("1"));
        QCOMPARE(fixture.page.model().headerData(2, Qt::Horizontal, TypedHeader::kTypeRole).toString(),
                 QStringLiteral("REAL"));
        QTRY_COMPARE(fixture.cell(1, 3), QStringLiteral("NULL"));
    }

    /// Rows that a run has not put in place yet are shown as that, and not handed out.
    void aTableBeingWrittenSaysSo() {
        ResultsFixture fixture;
        fixture.fill(100);
        SQLite::Database database(fixture.path.toStdString(), SQLite::OPEN_READWRITE);
        database.exec("CREATE TABLE _rill_new_loads AS SELECT 1 AS n UNION SELECT 2");
        OutputLock run;
        QVERIFY(run.acquire(fixture.path.toStdString(), claimedPart("loads"), OutputClaim::Mode::Alone).ok());
        fixture.addSink(fixture.path, "loads");
        QTRY_COMPARE(fixture.page.model().rowCount(), 2);
        const auto* list = fixture.page.findChild<QListView*>();
        QCOMPARE(list->currentIndex().data().toString(), QStringLiteral("loads · being written by a run"));
        QVERIFY(fixture.exportButton() && !fixture.exportButton()->isEnabled());
        const auto says = [&](const QString& words) {
            const auto labels = fixture.page.findChildren<QLabel*>();
            return std::any_of(labels.begin(), labels.end(),
                               [&](const QLabel* label) { return label->text() == words; });
        };
        QVERIFY(says(QStringLiteral("Being written by a run · read only")));
        // In its place, it is a table like any other.
        database.exec("ALTER TABLE _rill_new_loads RENAME TO loads");
        QTRY_COMPARE(list->currentIndex().data().toString(), QStringLiteral("loads"));
        QTRY_VERIFY(fixture.exportButton()->isEnabled());
        QVERIFY(says(QStringLiteral("Read only")));
    }

    /// A run that was killed changes nothing in the file: its staging table goes from the list all the same.
    void whatAKilledRunLeftIsNotOffered() {
        ResultsFixture fixture;
        fixture.fill(10);
        SQLite::Database database(fixture.path.toStdString(), SQLite::OPEN_READWRITE);
        database.exec("CREATE TABLE _rill_new_loads AS SELECT 1 AS n");
        for (const char* table : {"_rill_state", "_rill_checkpoints", "_rill_checkpoint_uses",
                                  "_rill_checkpoint_parts", "_rill_sinks", "_rill_sink_rows"})
            database.exec(std::string("CREATE TABLE ") + table + " AS SELECT 1 AS n");
        auto run = std::make_unique<OutputLock>();
        QVERIFY(
            run->acquire(fixture.path.toStdString(), claimedPart("loads"), OutputClaim::Mode::Alone).ok());
        fixture.addSink(fixture.path, "loads");
        const auto listed = [&] {
            const QAbstractItemModel* model = fixture.page.findChild<QListView*>()->model();
            QStringList names;
            for (int row = 0; row < model->rowCount(); ++row) names << model->index(row, 0).data().toString();
            return names.join(u'|');
        };
        QTRY_COMPARE(listed(),
                     QStringLiteral("Tables|loads · being written by a run|alerts|load_per_core|Views|"
                                    "busiest"));
        run.reset();
        QTRY_COMPARE(listed(), QStringLiteral("Tables|alerts|load_per_core|Views|busiest"));
    }

    void decimalsAreFilteredAndSortedAsNumbers() {
        ResultsFixture fixture;
        fixture.addOrders();
        QTRY_VERIFY(fixture.document.isValidated());
        fixture.session.start();
        QTRY_COMPARE(fixture.session.state(), RunSession::State::Finished);
        QTRY_COMPARE(fixture.page.model().rowCount(), 3);
        QTRY_COMPARE(fixture.cell(1, 2), QStringLiteral("false"));
        const auto head = [&](int role) { return fixture.page.model().headerData(1, Qt::Horizontal, role); };
        QCOMPARE(head(TypedHeader::kTypeRole).toString(), QStringLiteral("DECIMAL(10,2)"));
        QVERIFY(head(Qt::TextAlignmentRole).value<Qt::Alignment>().testFlag(Qt::AlignRight));
        fixture.page.setFilter(QStringLiteral("total > 100"));
        QTRY_COMPARE(fixture.page.model().rowCount(), 1);
        QTRY_COMPARE(fixture.cell(0, 0), QStringLiteral("c"));
        fixture.page.setFilter({});
        QTRY_COMPARE(fixture.page.model().rowCount(), 3);
        Q_EMIT fixture.page.grid().horizontalHeader()->sectionClicked(1);
        QTRY_COMPARE(fixture.cell(0, 1), QStringLiteral("250.50"));
        QTRY_COMPARE(fixture.cell(2, 1), QStringLiteral("89.00"));
        QTRY_COMPARE(fixture.page.model().index(0, 1).data(ResultModel::kBarRole).toDouble(), 1.0);
    }

    /// The row that can be asked about is the one that the sink took, in its types.
    void aRowIsThatOfTheSinksInput() {
        ResultsFixture fixture;
        fixture.addOrders();
        QTRY_VERIFY(fixture.document.isValidated());
        fixture.session.start();
        QTRY_COMPARE(fixture.session.state(), RunSession::State::Finished);
        QTRY_COMPARE(fixture.page.model().rowCount(), 3);
        QTRY_COMPARE(fixture.cell(1, 2), QStringLiteral("false"));
        QVERIFY(!fixture.page.currentRow(fixture.page.grid()));
        fixture.page.grid().setCurrentIndex(fixture.page.model().index(1, 1));
        const auto row = fixture.page.currentRow(fixture.page.grid());
        QVERIFY(row && row->ofRun);
        QCOMPARE(fixture.document.kindOf(row->from.node)->type, std::string("rows"));
        QCOMPARE(rowText(row->row, 0), std::string("name=b, total=100.00, paid=false"));
        // Of a table that nothing here writes it is not known.
        fixture.document.remove({ItemRef{fixture.document.pipeline().nodes.back().id}});
        QTRY_VERIFY(fixture.document.isValidated());
        QTRY_VERIFY(!fixture.page.currentRow(fixture.page.grid()));
    }

    /// A table that was made before types were declared: the sink knows them.
    void typesOfAnOldTableComeFromTheSink() {
        ResultsFixture fixture;
        {
            SQLite::Database database(fixture.path.toStdString(),
                                      SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            database.exec("CREATE TABLE orders (name TEXT, total TEXT, paid INTEGER)");
            database.exec(
                "INSERT INTO orders VALUES ('a', '89.00', 1), ('b', '100.00', 0), ('c', '250.50', 1)");
        }
        fixture.addOrders();
        QTRY_COMPARE(fixture.page.model().rowCount(), 3);
        QTRY_COMPARE(fixture.page.model().headerData(1, Qt::Horizontal, TypedHeader::kTypeRole).toString(),
                     QStringLiteral("DECIMAL(10,2)"));
        fixture.page.setFilter(QStringLiteral("total > 100"));
        QTRY_COMPARE(fixture.page.model().rowCount(), 1);
        fixture.page.setFilter(QStringLiteral("paid = true"));
        QTRY_COMPARE(fixture.page.model().rowCount(), 2);
    }

    void farRowsAreReadWhenLookedAt() {
        ResultsFixture fixture;
        fixture.fill(100'000);
        fixture.addSink(fixture.path, "load_per_core");
        QTRY_COMPARE(fixture.page.model().rowCount(), 100'000);
        QTRY_COMPARE(fixture.cell(99'999, 1), QStringLiteral("15"));
        QTRY_COMPARE(fixture.cell(0, 1), QStringLiteral("0"));
    }

    void copiesRowsThatWereNeverShown() {
        ResultsFixture fixture;
        fixture.fill(1000);
        fixture.addSink(fixture.path, "load_per_core");
        QTRY_COMPARE(fixture.page.model().rowCount(), 1000);
        QGuiApplication::clipboard()->clear();
        fixture.page.grid().selectAll();
        fixture.page.grid().actions().front()->trigger();
        QTRY_VERIFY(!QGuiApplication::clipboard()->text().isEmpty());
        const QStringList lines = QGuiApplication::clipboard()->text().split(u'\n');
        QCOMPARE(lines.size(), 1001);  // each ends with one
        QCOMPARE(lines[0], QStringLiteral("2026-11-20 14:41:00\t0\t0\t2 late"));
        QCOMPARE(lines[999], QStringLiteral("2026-11-20 14:41:39\t7\t0.963\t"));
    }

    void anyFileCanBeOpened() {
        ResultsFixture fixture;
        fixture.fill(20);
        fixture.page.side().openFile(fixture.path);
        QTRY_VERIFY(fixture.page.side().table() != nullptr);
        QCOMPARE(fixture.page.side().table()->name, std::string("load_per_core"));  // “alerts” is empty
        fixture.addSink(fixture.path, "load_per_core");  // the same file is not listed twice
        QTRY_COMPARE(fixture.page.side().findChild<QComboBox*>()->count(), 1);
    }

    void sortsByAHead() {
        ResultsFixture fixture;
        fixture.fill(1000);
        fixture.addSink(fixture.path, "load_per_core");
        QTRY_COMPARE(fixture.page.model().rowCount(), 1000);
        QHeaderView* head = fixture.page.grid().horizontalHeader();
        const auto click = [&] {
            QTest::mouseClick(head->viewport(), Qt::LeftButton, {},
                              {head->sectionViewportPosition(2) + 20, 10});
        };
        QVERIFY(QTest::qWaitForWindowExposed(&fixture.page, 30'000));
        click();
        QTRY_COMPARE(fixture.cell(0, 2), QStringLiteral("0.999"));
        QTRY_COMPARE(fixture.page.model().index(0, 2).data(ResultModel::kBarRole).toDouble(), 1.0);
        QVERIFY(!fixture.page.model().index(0, 1).data(ResultModel::kBarRole).isValid());
        click();
        QTRY_COMPARE(fixture.cell(0, 2), QStringLiteral("0"));
        click();
        QTRY_COMPARE(fixture.cell(1, 2), QStringLiteral("0.037"));
    }

    void filtersAndWritesWhatIsShown() {
        ResultsFixture fixture;
        fixture.fill(1000);
        fixture.addSink(fixture.path, "load_per_core");
        QTRY_COMPARE(fixture.page.model().rowCount(), 1000);
        fixture.page.setFilter(QStringLiteral("avg_load < 0.003"));
        QTRY_COMPARE(fixture.page.model().rowCount(), 3);
        const QString file = fixture.folder.filePath(QStringLiteral("out.csv"));
        fixture.page.exportTo(file);
        QTRY_VERIFY(QFile::exists(file));
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        const QStringList lines = QString::fromUtf8(written.readAll()).split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 4);
        QCOMPARE(lines[0], QStringLiteral("window_start,core,avg_load,note"));
        QCOMPARE(lines[1], QStringLiteral("2026-11-20 14:41:00,0,0,2 late"));
        fixture.page.setFilter(QStringLiteral("2 late"));
        QTRY_COMPARE(fixture.page.model().rowCount(), 200);
    }

    // The rows stay in sight while the user types; under them stands the error.
    void aFilterThatIsNoneIsRefused() {
        ResultsFixture fixture;
        fixture.fill(1000);
        fixture.addSink(fixture.path, "load_per_core");
        QTRY_COMPARE(fixture.page.model().rowCount(), 1000);
        fixture.page.setFilter(QStringLiteral("avg_load < 0.003 and core = 2"));
        QTRY_COMPARE(fixture.page.model().rowCount(), 1);
        const auto said = [&] {
            QStringList words;
            for (const QLabel* label : fixture.page.findChildren<QLabel*>()) words << label->text();
            return words.filter(QStringLiteral("no column")).join(u'\n');
        };
        QCOMPARE(said(), QString());
        fixture.page.setFilter(QStringLiteral("avg_load < 0.003 and cores = 2"));
        QTRY_VERIFY(said().contains(QStringLiteral("The table has no column “cores”.")));
        QCOMPARE(fixture.page.model().rowCount(), 1);
        const auto* field = fixture.page.findChild<SearchField*>();
        QVERIFY(field->accessibleDescription().contains(QStringLiteral("“cores”")));
        fixture.page.setFilter({});
        QTRY_COMPARE(fixture.page.model().rowCount(), 1000);
        QCOMPARE(said(), QString());
        QCOMPARE(field->accessibleDescription(), QString());
    }

    // A text with a quote in it, too.
    void aBarOfAnyTextIsAFilter() {
        ResultsFixture fixture;
        fixture.fill(10);
        {
            SQLite::Database database(fixture.path.toStdString(), SQLite::OPEN_READWRITE);
            database.exec("UPDATE load_per_core SET note = 'it''s and isn''t'");
        }
        fixture.addSink(fixture.path, "load_per_core");
        QTRY_COMPARE(fixture.page.model().rowCount(), 10);
        const auto& cards = fixture.page.findChild<ProfilePanel*>()->cards();
        QTRY_COMPARE(cards.size(), std::size_t{4});
        QSignalSpy wanted(cards[3], &ProfileCard::filterRequested);
        QTRY_VERIFY(!cards[3]->accessibleDescription().isEmpty());
        QTest::mouseClick(cards[3], Qt::LeftButton, {}, {30, 36});
        QCOMPARE(wanted[0][0].toString(), QStringLiteral("note = 'it''s and isn''t'"));
        QTRY_VERIFY(!fixture.page.model().shownMatch()->query.filter.empty());
        QCOMPARE(fixture.page.model().rowCount(), 10);
    }

    /// The table is called as the file that the pipeline reads.
    void theProposedFileIsNoInput() {
        ResultsFixture fixture;
        fixture.fill(5);
        QVERIFY(fixture.document.saveAs(fixture.folder.filePath(QStringLiteral("mine.rill"))).ok());
        const QString input = fixture.folder.filePath(QStringLiteral("load_per_core.csv"));
        fixture.document.addNode({"csv_source", {{"path", input.toStdString()}, {"columns", {"id INT"}}}, {}},
                                 {0, 0});
        fixture.addSink(fixture.path, "load_per_core");
        QTRY_COMPARE(fixture.page.model().rowCount(), 5);
        QString proposed;
        const auto answer = whenAsked<QFileDialog>([&](QFileDialog& dialog) {
            proposed = dialog.selectedFiles().value(0);
            dialog.reject();
        });
        fixture.exportButton()->menu()->actions().first()->trigger();
        QCOMPARE(QFileInfo(proposed).fileName(), QStringLiteral("load_per_core 2.csv"));
        QCOMPARE(QFileInfo(proposed).absolutePath(), fixture.folder.path());
    }

    void anInputIsNeverOverwritten() {
        ResultsFixture fixture;
        fixture.fill(5);
        const QString input = fixture.folder.filePath(QStringLiteral("input.csv"));
        QFile file(input);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("id\n7\n") > 0);
        file.close();
        fixture.document.addNode({"csv_source", {{"path", input.toStdString()}, {"columns", {"id INT"}}}, {}},
                                 {0, 0});
        fixture.addSink(fixture.path, "load_per_core");
        QTRY_COMPARE(fixture.page.model().rowCount(), 5);
        for (const QString& target : {input, fixture.path}) {
            const QByteArray before = contentOf(target);
            QString said;
            const auto answer = whenAsked<QMessageBox>([&](QMessageBox& box) {
                said = box.text();
                box.reject();
            });
            fixture.page.exportTo(target);
            QTRY_VERIFY2(said.contains(QFileInfo(target).fileName()), qPrintable(said));
            QCOMPARE(contentOf(target), before);
        }
    }

    /// The old file stays when a run has it.
    void aFileThatARunWritesIsNotOverwritten() {
        ResultsFixture fixture;
        fixture.fill(5);
        fixture.addSink(fixture.path, "load_per_core");
        QTRY_COMPARE(fixture.page.model().rowCount(), 5);
        const QString taken = fixture.folder.filePath(QStringLiteral("taken.csv"));
        OutputLock run;
        QVERIFY(run.acquire(taken.toStdString(), {}, OutputClaim::Mode::Alone).ok());
        const auto written = writeRows(*fixture.page.model().shownMatch(), taken, ResultFormat::Csv, nullptr);
        QVERIFY(!written.ok() && !QFile::exists(taken));
    }

    void aBarOfTheProfileIsAFilter() {
        ResultsFixture fixture;
        fixture.fill(1000);
        fixture.addSink(fixture.path, "load_per_core");
        QTRY_COMPARE(fixture.page.model().rowCount(), 1000);
        const auto& cards = fixture.page.findChild<ProfilePanel*>()->cards();
        QTRY_COMPARE(cards.size(), std::size_t{4});
        QSignalSpy wanted(cards[3], &ProfileCard::filterRequested);
        QTRY_VERIFY(!cards[3]->accessibleDescription().isEmpty());
        QCOMPARE(cards[3]->accessibleDescription(), QStringLiteral("80\u00A0% empty"));
        QTest::mouseClick(cards[3], Qt::LeftButton, {}, {30, 36});
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][0].toString(), QStringLiteral("note = '2 late'"));
        QTRY_COMPARE(fixture.page.model().rowCount(), 200);
    }

    /// Of values that a double rounds up, the least one is in the lowest bar, too.
    void theLowestBarFindsTheLeastValue_data() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("values");
        QTest::newRow("BIGINT") << QStringLiteral("INTEGER")
                                << QStringLiteral("(9007199254740995), (9007199254741095)");
        QTest::newRow("DECIMAL") << QStringLiteral("TEXT DECIMAL(38,2)")
                                 << QStringLiteral("('123456789012345678.11'), ('123456789012345679.22')");
    }
    void theLowestBarFindsTheLeastValue() {
        QFETCH(QString, type);
        QFETCH(QString, values);
        ResultsFixture fixture;
        {
            SQLite::Database database(fixture.path.toStdString(),
                                      SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            database.exec("CREATE TABLE t (n " + type.toStdString() + ")");
            database.exec("INSERT INTO t VALUES " + values.toStdString());
        }
        fixture.addSink(fixture.path, "t");
        QTRY_COMPARE(fixture.page.model().rowCount(), 2);
        const auto& cards = fixture.page.findChild<ProfilePanel*>()->cards();
        QTRY_COMPARE(cards.size(), std::size_t{1});
        QTRY_COMPARE(cards[0]->accessibleDescription(), QStringLiteral("no empty"));
        QTest::mouseClick(cards[0], Qt::LeftButton, {}, {17, 36});
        QTRY_VERIFY(!fixture.page.model().shownMatch()->query.filter.empty());
        QCOMPARE(fixture.page.model().shownMatch()->query.filter.conditions.at(0).comparison, std::string(">="));
        QCOMPARE(fixture.page.model().rowCount(), 2);
    }

    // A page that goes has no model any more when its grid is hidden, which may give the grid another range.
    void theFooterOutlivesTheModel() {
        QTableView grid;
        auto model = std::make_unique<QStandardItemModel>(500, 3);
        grid.setModel(model.get());
        const ResultFooter footer(grid);
        model.reset();
        grid.verticalScrollBar()->setRange(0, 7);
    }

    void noticesWhatIsWritten() {
        ResultsFixture fixture;
        fixture.fill(10);
        fixture.addSink(fixture.path, "load_per_core");
        QTRY_COMPARE(fixture.page.model().rowCount(), 10);
        SQLite::Database database(fixture.path.toStdString(), SQLite::OPEN_READWRITE);
        database.exec("INSERT INTO load_per_core VALUES ('now', 1, 2, 'new')");
        QTRY_COMPARE(fixture.page.model().rowCount(), 11);
        QTRY_COMPARE(fixture.cell(10, 0), QStringLiteral("now"));
    }

    void saysWhyThereIsNothing() {
        ResultsFixture fixture;
        QVERIFY(!fixture.page.grid().isVisible());
        fixture.addSink(fixture.folder.filePath(QStringLiteral("not_yet.db")), "t");
        QTRY_VERIFY([&] {
            for (QLabel* label : fixture.page.findChildren<QLabel*>())
                if (label->isVisible() && label->text().contains(QLatin1String("not_yet.db"))) return true;
            return false;
        }());
    }

    void looks() {
        ResultsFixture fixture;
        fixture.fill(1280);
        fixture.addSink(fixture.path, "load_per_core");
        QTRY_COMPARE(fixture.page.model().rowCount(), 1280);
        QVERIFY(QTest::qWaitForWindowExposed(&fixture.page, 30'000));
        QHeaderView* head = fixture.page.grid().horizontalHeader();
        QTest::mouseClick(head->viewport(), Qt::LeftButton, {}, {head->sectionViewportPosition(2) + 20, 10});
        fixture.page.setFilter(QStringLiteral("avg_load > 0.3"));
        QTRY_COMPARE(fixture.cell(0, 2), QStringLiteral("0.999"));
        fixture.page.grid().selectRow(5);
        const auto& cards = fixture.page.findChild<ProfilePanel*>()->cards();
        QTRY_COMPARE(cards.size(), std::size_t{4});
        QTRY_COMPARE(cards[3]->accessibleDescription(), QStringLiteral("80\u00A0% empty"));
        QCoreApplication::processEvents();
        const QString folder = qEnvironmentVariable("RILLWRIGHT_SCREENSHOTS");
        if (folder.isEmpty()) return;
        QVERIFY(QDir().mkpath(folder));
        QVERIFY(fixture.page.grab().save(folder + QStringLiteral("/results-dark.png")));
        Theme::of().apply({.mode = ThemeMode::Light});
        QVERIFY(fixture.page.grab().save(folder + QStringLiteral("/results-light.png")));
    }
};

QTEST_MAIN(TestResultsPage)
#include "test_results_page.moc"
