// Results that are kept, and compared with the table of a later run or with another table.
#include <SQLiteCpp/Database.h>

#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "core/connect/files/output_lock.h"
#include "core/connect/sqlite/file.h"
#include "core/connect/sqlite/kept_results.h"
#include "tests/unit/results/shown_results.h"
#include "widgets/charts/bar_chart.h"
#include "widgets/charts/quick/quick_chart.h"
#include "widgets/results/comparison_panel.h"
#include "widgets/results/kept_list.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/segmented_control.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

struct ComparedFixture : ShownResults {
    SQLite::Database database{path.toStdString(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};

    ComparedFixture() {
        database.exec("CREATE TABLE loads (core INTEGER PRIMARY KEY, load REAL, note TEXT)");
        database.exec("INSERT INTO loads VALUES (1, 0.5, 'a'), (2, 0.25, NULL), (3, 0.75, 'c')");
        database.exec("CREATE TABLE older (core INTEGER, load REAL)");
        database.exec("INSERT INTO older VALUES (1, 0.5), (9, 0.1)");
    }
    ~ComparedFixture() {
        for (const KeptResult& each : keptResults(path.toStdString(), nullptr)) (void)dropKept(each.file);
    }
    void open() {
        page.side().openFile(path);
        QTRY_COMPARE(page.model().rowCount(), 3);
    }
    QPushButton* button(const QString& words) const {
        for (QPushButton* each : page.findChildren<QPushButton*>())
            if (each->text() == words) return each;
        return nullptr;
    }
    bool isOn(const QString& words) const {
        const QPushButton* each = button(words);
        return each != nullptr && each->isEnabled();
    }
    KeptList& kept() { return page.side().kept(); }
    QString difference(int row, int column) const {
        return page.comparison().rows().index(row, column).data().toString();
    }
    bool says(const QString& words) const {
        const auto labels = page.findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
            return label->isVisibleTo(&page) && label->text().contains(words);
        });
    }
};

}  // namespace

class TestComparedResults : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void aKeptResultIsComparedWithTheTable() {
        ComparedFixture fixture;
        fixture.open();
        QVERIFY(fixture.kept().isHidden());
        QPushButton* const keep = fixture.button(QStringLiteral("Keep this result"));
        QVERIFY(keep != nullptr && keep->isEnabled());
        keep->click();
        QVERIFY(!keep->isEnabled());
        QTRY_COMPARE(fixture.kept().kept().size(), 1u);
        QTRY_VERIFY(keep->isEnabled());
        QVERIFY(!fixture.kept().isHidden());
        fixture.database.exec("UPDATE loads SET load = 0.3 WHERE core = 2");
        fixture.database.exec("DELETE FROM loads WHERE core = 3");
        fixture.database.exec("INSERT INTO loads VALUES (4, 1, 'new')");
        QListView& list = fixture.kept().list();
        Q_EMIT list.activated(list.model()->index(0, 0));
        ComparisonPanel& panel = fixture.page.comparison();
        QTRY_COMPARE(panel.rows().rowCount(), 3);
        QVERIFY(panel.isVisibleTo(&fixture.page) && !fixture.page.grid().isVisible());
        QCOMPARE(fixture.difference(0, 0), QStringLiteral("Δ"));
        QCOMPARE(fixture.difference(0, 1), QStringLiteral("2"));
        QCOMPARE(fixture.difference(0, 2), QStringLiteral("0.25 → 0.3"));
        QCOMPARE(fixture.difference(0, 3), QStringLiteral("NULL"));
        QCOMPARE(fixture.difference(1, 0), QStringLiteral("−"));
        QCOMPARE(fixture.difference(2, 0), QStringLiteral("+"));
        QVERIFY(fixture.says(QStringLiteral("1 row is the same")));
        Q_EMIT panel.kinds().chosen(2);
        QCOMPARE(panel.rows().rowCount(), 1);
        QCOMPARE(fixture.difference(0, 3), QStringLiteral("new"));
        QTest::keyClick(&panel, Qt::Key_Escape);
        QVERIFY(panel.isHidden());
        QVERIFY(fixture.page.grid().isVisible());
        QTRY_COMPARE(fixture.page.model().rowCount(), 3);
    }

    void aKeptResultSaysOfWhichRunItIs() {
        KeptResult recomputed;
        recomputed.table = "loads";
        recomputed.run = {"4f2a", true};
        KeptResult replayed;
        replayed.run = {"5b10", false, "night.tape"};
        KeptModel model;
        model.set({recomputed, KeptResult{}, replayed});
        const auto said = [&model](int row, int role) { return model.index(row).data(role).toString(); };
        QVERIFY(said(0, KeptModel::kCaptionRole).contains(QLatin1String("recomputed")));
        QVERIFY(said(0, Qt::AccessibleTextRole).contains(QLatin1String("recomputed")));
        QVERIFY(said(0, Qt::ToolTipRole).contains(QLatin1String("4f2a")));
        QVERIFY(!said(1, KeptModel::kCaptionRole).contains(QLatin1String("recomputed")));
        QVERIFY(said(1, Qt::ToolTipRole).contains(QLatin1String("not known")));
        QVERIFY(!said(1, KeptModel::kCaptionRole).contains(QLatin1String("replay")));
        QVERIFY(said(2, KeptModel::kCaptionRole).contains(QLatin1String("replay")));
        QVERIFY(said(2, Qt::ToolTipRole).contains(QLatin1String("night.tape")));
    }

    /// While a run writes a table anew beside it, the rows that are kept are those of a run before.
    void rowsOfARunBeforeNameNoRun() {
        ComparedFixture fixture;
        fixture.document.addNode(
            {"sqlite_sink", Json{{"database", fixture.path.toStdString()}, {"table", "loads"}},
             QStringLiteral("Loads")},
            {0, 0});
        fixture.page.side().setRun([] { return KeptRun{"4f2a", false, "night.tape"}; });
        QTRY_COMPARE(fixture.page.model().rowCount(), 3);
        const QAbstractItemModel* const listed = fixture.page.findChild<QListView*>()->model();
        QVERIFY(listed->index(1, 0).data(Qt::ToolTipRole).toString().contains(QLatin1String("night.tape")) ||
                listed->index(2, 0).data(Qt::ToolTipRole).toString().contains(QLatin1String("night.tape")));
        const auto keep = [&fixture] {
            const auto before = fixture.kept().kept().size();
            QPushButton* const button = fixture.button(QStringLiteral("Keep this result"));
            if (button == nullptr || !button->isEnabled()) return false;
            button->click();
            return QTest::qWaitFor(
                [&] { return fixture.kept().kept().size() > before && !fixture.kept().isKeeping(); }, 20'000);
        };
        QVERIFY(keep());
        QCOMPARE(fixture.kept().kept().front().run.id, std::string("4f2a"));
        QCOMPARE(fixture.kept().kept().front().run.replayOf, std::string("night.tape"));
        OutputLock run;
        QVERIFY(run.acquire(fixture.path.toStdString(), claimedPart("loads"), OutputClaim::Mode::Alone).ok());
        fixture.database.exec("CREATE TABLE _rill_new_loads AS SELECT 1 AS core");
        const QAbstractItemModel* const tables = fixture.page.findChild<QListView*>()->model();
        QTRY_COMPARE_WITH_TIMEOUT(tables->rowCount(), 4, 20'000);  // with their heading
        QCOMPARE(fixture.page.side().table()->name, std::string("loads"));
        // A table that is written anew still has the rows of a run before, of which nothing is known.
        for (int row = 1; row < 4; ++row)
            QVERIFY(!tables->index(row, 0).data(Qt::ToolTipRole).toString().contains(QLatin1String("night")));
        QVERIFY(keep());
        const auto& kept = fixture.kept().kept();
        QCOMPARE(std::count_if(kept.begin(), kept.end(),
                               [](const KeptResult& each) { return each.run == KeptRun(); }),
                 std::ptrdiff_t{1});
    }

    /// Tables without a key that anybody knows, and with other columns, say so.
    void anotherTableIsCompared() {
        ComparedFixture fixture;
        fixture.open();
        const SqliteListing listing = *listSqlite(fixture.path.toStdString(), nullptr);
        const SqliteEntry older = *std::find_if(listing.entries.begin(), listing.entries.end(),
                                                [](const SqliteEntry& each) { return each.name == "older"; });
        fixture.page.compareWith({{fixture.path.toStdString(), older}, QStringLiteral("older")});
        ComparisonPanel& panel = fixture.page.comparison();
        QTRY_COMPARE(panel.rows().rowCount(), 3);
        QVERIFY(fixture.says(QStringLiteral("Columns only here, which are not compared: note.")));
        QVERIFY(fixture.button(QStringLiteral("Key: core")) != nullptr);
        panel.matchBy({});
        QTRY_VERIFY(fixture.button(QStringLiteral("No key")) != nullptr);
        QVERIFY(fixture.says(QStringLiteral("No columns name a row")));
        // Another table takes the place of the comparison.
        auto* tables = fixture.page.side().findChild<QListView*>();
        tables->setCurrentIndex(tables->model()->index(2, 0));
        QVERIFY(panel.isHidden());
        QTRY_COMPARE(fixture.page.model().rowCount(), 2);
    }

    void aKeptResultThatIsGoneIsAnError() {
        ComparedFixture fixture;
        fixture.open();
        const KeptResult gone{
            fixture.folder.filePath(QStringLiteral("gone.sqlite")).toStdString(), {}, "loads"};
        fixture.page.compareWith(comparedWith(gone));
        QTRY_VERIFY(fixture.says(QStringLiteral("There is no file")));
        QVERIFY(!fixture.page.comparison().isComparing());
        QVERIFY(fixture.button(QStringLiteral("Try again")) != nullptr);
    }

    /// Its texts are values of the columns here; the rows that differ can be exported.
    void aCsvFileIsCompared() {
        ComparedFixture fixture;
        fixture.open();
        const QString csv = fixture.folder.filePath(QStringLiteral("loads.csv"));
        const auto write = [&](const QByteArray& text) {
            QFile file(csv);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text);
        };
        write("note;core;load;extra\n\"a\";1;0.50;x\n;2;0.3;y\n\"\";4;1;z\n");
        fixture.page.compareWith({{}, QStringLiteral("loads.csv"), csv});
        ComparisonPanel& panel = fixture.page.comparison();
        QTRY_COMPARE(panel.rows().rowCount(), 3);
        QCOMPARE(fixture.difference(0, 0), QStringLiteral("Δ"));
        QCOMPARE(fixture.difference(0, 2), QStringLiteral("0.3 → 0.25"));
        QCOMPARE(fixture.difference(0, 3), QStringLiteral("NULL"));
        QVERIFY(fixture.says(QStringLiteral("1 row is the same")));
        QVERIFY(fixture.says(QStringLiteral("Columns only there, which are not compared: extra.")));
        const QString out = fixture.folder.filePath(QStringLiteral("differences.csv"));
        const auto written = [&] {
            QFile file(out);
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        fixture.page.exportDifference(out, ResultFormat::Csv);
        QTRY_COMPARE(written(), QByteArray("difference,core,load,load (there),note,note (there)\n"
                                           "changed,2,0.25,0.3,,\n"
                                           "only here,3,0.75,,c,\n"
                                           "only there,4,,1,,\"\"\n"));
        QTRY_VERIFY(fixture.isOn(QStringLiteral("Export")));
        Q_EMIT panel.kinds().chosen(3);  // only there
        panel.kinds().setCurrentIndex(3);
        fixture.page.exportDifference(out, ResultFormat::JsonLines);
        QTRY_COMPARE(written(), QByteArray("{\"difference\":\"only there\",\"core\":4,\"load\":null,"
                                           "\"load (there)\":1,\"note\":null,\"note (there)\":\"\"}\n"));
        QTRY_VERIFY(fixture.isOn(QStringLiteral("Export")));
        // A row that can't be read is named; a file that is gone can be put back and read again.
        write("core,load\n1,0.5\n2\n");
        fixture.page.compareWith({{}, QStringLiteral("loads.csv"), csv});
        QTRY_VERIFY(
            fixture.says(QStringLiteral("Row 2 of “loads.csv” can't be read: it has not as many fields")));
        QVERIFY(QFile::remove(csv));
        fixture.button(QStringLiteral("Try again"))->click();
        QTRY_VERIFY(fixture.says(QStringLiteral("loads.csv” can't be read")));
        write("core,load\n1,0.5\n2,0.25\n3,0.75\n");
        fixture.button(QStringLiteral("Try again"))->click();
        QTRY_VERIFY(fixture.says(QStringLiteral("No difference")));
        write("other,more\n1,2\n");
        fixture.page.compareWith({{}, QStringLiteral("loads.csv"), csv});
        QTRY_VERIFY(fixture.says(QStringLiteral("have no column of the same name")));
    }

    /// What a table exports is no difference to it.
    void anExportOfTheTableIsTheSame() {
        ComparedFixture fixture;
        fixture.database.exec(
            "CREATE TABLE kinds (k INTEGER PRIMARY KEY, b INTEGER BOOLEAN, d TEXT \"DECIMAL(10,2)\","
            " t TEXT \"TIMESTAMP(3)\", x BLOB, n TEXT)");
        fixture.database.exec(
            "INSERT INTO kinds VALUES (1, 1, '1.50', '2024-03-01 12:00:00.000', X'00FF', ''),"
            " (2, 0, NULL, NULL, NULL, NULL), (3, NULL, '-7.00', NULL, X'', 'a\"b,c')");
        fixture.page.side().openFile(fixture.path);
        auto* tables = fixture.page.side().findChild<QListView*>();
        QTRY_COMPARE(tables->model()->rowCount(), 4);
        for (int row = 0; row < 4; ++row)
            if (tables->model()->index(row, 0).data().toString() == QStringLiteral("kinds"))
                tables->setCurrentIndex(tables->model()->index(row, 0));
        QTRY_COMPARE(fixture.page.model().columnCount(), 6);
        QTRY_COMPARE(fixture.page.model().rowCount(), 3);
        const QString csv = fixture.folder.filePath(QStringLiteral("kinds.csv"));
        fixture.page.exportTo(csv);
        QTRY_VERIFY(QFileInfo(csv).size() > 0);
        fixture.page.compareWith({{}, QStringLiteral("kinds.csv"), csv});
        QTRY_VERIFY(fixture.says(QStringLiteral("No difference")));
        QVERIFY(fixture.says(QStringLiteral("3 rows are the same")));
    }

    void theRowsAreAChart() {
        ComparedFixture fixture;
        fixture.open();
        IconButton* chart = nullptr;
        for (auto* each : fixture.page.findChildren<IconButton*>())
            if (each->accessibleName() == QStringLiteral("Show the rows as a chart")) chart = each;
        QVERIFY(chart != nullptr && chart->isEnabled());
        auto* quick = fixture.page.findChild<QuickChart*>();
        QVERIFY(!quick->isVisible());
        fixture.page.grid().selectRow(0);
        QVERIFY(fixture.says(QStringLiteral("Row 1 selected")) && fixture.says(QStringLiteral("1 – 3 of 3")));
        chart->click();
        QTRY_VERIFY(quick->isVisible() && !fixture.page.grid().isVisible());
        const auto bars = [&] { return fixture.page.findChild<BarChart*>(); };
        QTRY_VERIFY(bars()->isVisible());
        QTRY_COMPARE(bars()->table().rows.size(), 3u);
        fixture.page.setFilter(QStringLiteral("core > 1"));  // the chart is of the rows that are left
        QTRY_COMPARE(bars()->table().rows.size(), 2u);
        QVERIFY(!fixture.says(QStringLiteral("selected")) && !fixture.says(QStringLiteral("1 – 2 of 2")));
        chart->click();
        QVERIFY(fixture.page.grid().isVisible());
        QVERIFY(fixture.says(QStringLiteral("1 – 2 of 2")));
    }

    void aNameIsGivenAndTakenAway() {
        ComparedFixture fixture;
        fixture.open();
        fixture.button(QStringLiteral("Keep this result"))->click();
        QTRY_COMPARE(fixture.kept().kept().size(), 1u);
        QAbstractItemModel& model = *fixture.kept().list().model();
        QVERIFY(model.setData(model.index(0, 0), QStringLiteral(" before the change "), Qt::EditRole));
        QTRY_COMPARE(model.index(0, 0).data().toString(), QStringLiteral("before the change"));
        QVERIFY(model.setData(model.index(0, 0), QString(), Qt::EditRole));
        QTRY_VERIFY(model.index(0, 0).data().toString() != QStringLiteral("before the change"));
    }

    /// A database that is there gets one more table; what it has is replaced only where a person agrees.
    void rowsBecomeATableOfAnotherDatabase() {
        ComparedFixture fixture;
        fixture.open();
        const QString other = fixture.folder.filePath(QStringLiteral("other.sqlite"));
        const auto rows = [&] {
            const auto listing = listSqlite(other.toStdString(), nullptr);
            return listing.ok() && !listing->entries.empty() ? listing->entries.front().rows : -1;
        };
        fixture.page.setFilter(QStringLiteral("core > 1"));
        QTRY_COMPARE(fixture.page.model().rowCount(), 2);
        fixture.page.exportInto(other);
        QTRY_COMPARE(rows(), 2);
        fixture.page.setFilter({});
        QTRY_COMPARE(fixture.page.model().rowCount(), 3);
        QTRY_VERIFY(fixture.isOn(QStringLiteral("Export 3 rows")));
        for (const bool agree : {false, true}) {
            bool asked = false;
            QTimer looking;
            connect(&looking, &QTimer::timeout, this, [&] {
                auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
                if (box == nullptr) return;
                looking.stop();
                asked = true;
                for (QAbstractButton* each : box->buttons())
                    if ((box->buttonRole(each) == QMessageBox::DestructiveRole) == agree)
                        return each->click();
            });
            looking.start(20);
            fixture.page.exportInto(other);
            QTRY_VERIFY(asked);
            QTRY_COMPARE(rows(), agree ? 3 : 2);
            QTRY_VERIFY(fixture.isOn(QStringLiteral("Export 3 rows")));
        }
    }

    /// What a run is writing is no result yet.
    void rowsBeingWrittenAreNotKept() {
        ComparedFixture fixture;
        fixture.open();
        fixture.page.side().clearListing();
        QVERIFY(!fixture.button(QStringLiteral("Keep this result"))->isEnabled());
        QVERIFY(!fixture.button(QStringLiteral("Compare with"))->isEnabled());
    }
};

QTEST_MAIN(TestComparedResults)
#include "test_compared_results.moc"
