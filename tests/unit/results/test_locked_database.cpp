// The Results tab while the database can't be read: nothing of another table, file or filter stays in sight,
// a database that another program keeps locked is read as soon as it is free, and one that a pipeline from
// elsewhere names outside its folder as soon as the user agreed.
#include <SQLiteCpp/Database.h>
#include <sqlite3.h>

#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "tests/unit/results/shown_results.h"
#include "tests/unit/session/consent_program.h"
#include "widgets/results/profile_panel.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

constexpr int kPatience = 30'000;  ///< a question waits two seconds for a lock
constexpr int kOpenFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;

bool pageSays(const ResultsPage& page, const char* words) {
    const auto labels = page.findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(), [words](const QLabel* label) {
        return label->isVisible() && label->text().contains(QString::fromUtf8(words));
    });
}

struct LockFixture : ShownResults {
    SQLite::Database other{path.toStdString(), kOpenFlags, kPatience};  ///< of the other program

    LockFixture() {
        other.exec("CREATE TABLE wide (a INTEGER, b INTEGER)");
        other.exec(
            "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 2999) "
            "INSERT INTO wide SELECT i, i FROM n");
        other.exec("CREATE TABLE t AS SELECT 'one' AS word");
        other.exec("CREATE VIEW v AS SELECT 1 AS n FROM gone");
    }
    void showWide() { showTable("wide"); }
    void lock() { other.exec("BEGIN EXCLUSIVE"); }
    void unlock() { other.exec("ROLLBACK"); }
    void choose(const char* table) {
        auto* list = page.findChild<QListView*>();
        for (int row = 0; row < list->model()->rowCount(); ++row) {
            const QModelIndex each = list->model()->index(row, 0);
            if (each.data().toString() == QLatin1String(table)) list->setCurrentIndex(each);
        }
    }
    int rows() const { return page.model().rowCount(); }
    std::size_t profiles() const { return page.findChild<ProfilePanel*>()->cards().size(); }
    bool says(const char* words) const { return pageSays(page, words); }
    QPushButton* button(const char* words) const {
        const auto buttons = page.findChildren<QPushButton*>();
        for (QPushButton* each : buttons)
            if (each->isVisible() && each->text().startsWith(QLatin1String(words))) return each;
        return nullptr;
    }
};

SqliteQuery wideOf(const LockFixture& fixture) {
    SqliteQuery query;
    query.path = fixture.path.toStdString();
    query.table.name = "wide";
    query.table.columns = {{"a", "INTEGER"}, {"b", "INTEGER"}};
    query.table.rowId = "rowid";
    return query;
}

}  // namespace

class TestLockedDatabase : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void nothingOfAnotherTableStays() {
        LockFixture fixture;
        fixture.showWide();
        QTRY_COMPARE(fixture.rows(), 3000);
        QTRY_COMPARE(fixture.profiles(), std::size_t{2});
        fixture.lock();
        fixture.choose("t");
        QCOMPARE(fixture.rows(), 0);  // at once: the answer may take its time
        QCOMPARE(fixture.profiles(), std::size_t{0});
        QVERIFY(!fixture.button("Export")->isEnabled());
        QVERIFY(fixture.says("Reading…") && !fixture.says("is empty"));
        QTRY_VERIFY_WITH_TIMEOUT(fixture.button("Try again") != nullptr, kPatience);
        QVERIFY(fixture.says("locked"));
        QCOMPARE(fixture.rows(), 0);
        QVERIFY(!fixture.button("Export")->isEnabled());
        fixture.unlock();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.rows(), 1, kPatience);  // nobody has asked
        QTRY_COMPARE(fixture.page.model().index(0, 0).data().toString(), QStringLiteral("one"));
        QVERIFY(!fixture.says("locked") && fixture.button("Export 1 row")->isEnabled());
    }

    void aBrokenViewShowsItsError() {
        LockFixture fixture;
        fixture.showWide();
        QTRY_COMPARE(fixture.rows(), 3000);
        fixture.choose("v");
        QTRY_VERIFY(fixture.button("Try again") != nullptr);
        QVERIFY(fixture.says("no such table"));
        QCOMPARE(fixture.rows(), 0);
        QCOMPARE(fixture.profiles(), std::size_t{0});
        QVERIFY(!fixture.button("Export")->isEnabled());
        fixture.choose("wide");
        QTRY_COMPARE(fixture.rows(), 3000);
        QVERIFY(!fixture.says("no such table"));
    }

    /// The question whether the tables have changed waits longer than until the next one.
    void aDatabaseLockedFromTheBeginningIsRead() {
        LockFixture fixture;
        fixture.lock();
        fixture.showWide();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.says("locked"), kPatience);
        fixture.unlock();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.rows(), 3000, kPatience);
    }

    void rowsOfAnotherFilterDoNotStay() {
        LockFixture fixture;
        fixture.showWide();
        QTRY_COMPARE(fixture.rows(), 3000);
        fixture.lock();
        fixture.page.setFilter(QStringLiteral("a < 3"));
        QTRY_VERIFY_WITH_TIMEOUT(fixture.says("locked"), kPatience);
        // The list of tables may find the lock first.
        QTRY_COMPARE_WITH_TIMEOUT(fixture.rows(), 0, kPatience);
        fixture.unlock();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.rows(), 3, kPatience);
    }

    /// Rows that were not there before, of a table that is.
    void rowsThatCannotBeReadAreTold() {
        LockFixture fixture;
        fixture.showWide();
        QTRY_COMPARE(fixture.rows(), 3000);
        QTRY_VERIFY(fixture.page.model().index(0, 0).data().isValid());
        fixture.lock();
        QVERIFY(!fixture.page.model().index(2900, 0).data().isValid());
        QTRY_VERIFY_WITH_TIMEOUT(fixture.says("locked"), kPatience);
        QCOMPARE(fixture.rows(), 3000);
        fixture.unlock();
        QTRY_VERIFY_WITH_TIMEOUT(!fixture.says("locked"), kPatience);
        QTRY_COMPARE(fixture.page.model().index(2900, 0).data().toString(), QStringLiteral("2900"));
    }

    /// A question to the first file is under way when the second one is chosen.
    void rowsOfAnotherFileDoNotCome() {
        LockFixture fixture;
        const QString second = fixture.folder.filePath(QStringLiteral("second.db"));
        SQLite::Database(second.toStdString(), kOpenFlags)
            .exec("CREATE TABLE two AS SELECT 1 AS n UNION SELECT 2");
        fixture.showWide();
        QTRY_COMPARE(fixture.rows(), 3000);
        QStringList shown;
        connect(&fixture.page.model(), &QAbstractItemModel::modelReset, this, [&] {
            const auto& match = fixture.page.model().shownMatch();
            if (match) shown << QString::fromStdString(match->query.table.name);
        });
        fixture.choose("t");
        fixture.page.side().openFile(second);
        QTRY_COMPARE(fixture.rows(), 2);
        QCOMPARE(shown, QStringList{QStringLiteral("two")});
    }

    /// The export has the rows that were on the screen when the button was pressed.
    void theExportIsOfTheRowsThatWereShown() {
        LockFixture fixture;
        QVERIFY(fixture.document.saveAs(fixture.folder.filePath(QStringLiteral("mine.rill"))).ok());
        fixture.showWide();
        QTRY_COMPARE(fixture.rows(), 3000);
        QTimer looking;
        connect(&looking, &QTimer::timeout, &fixture.page, [&] {
            auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget());
            if (dialog == nullptr) return;
            fixture.choose("t");
            if (fixture.rows() != 1) return;
            looking.stop();
            dialog->accept();
        });
        looking.start(20);
        fixture.button("Export")->menu()->actions().first()->trigger();
        QFile file(fixture.folder.filePath(QStringLiteral("wide.csv")));
        QTRY_VERIFY(file.exists());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll().count('\n'), 3001);
    }

    void aProfileOfAnotherFilterDoesNotStay() {
        LockFixture fixture;
        SqliteQuery query = wideOf(fixture);
        ProfilePanel panel;
        panel.setMatch({query});
        const auto known = [&panel](std::size_t card) {
            return !panel.cards().at(card)->accessibleDescription().isEmpty();
        };
        QTRY_VERIFY(known(0) && known(1));
        QSignalSpy failed(&panel, &ProfilePanel::failed);
        fixture.lock();
        query.filter.words = "7";
        panel.setMatch({query});
        QTRY_VERIFY_WITH_TIMEOUT(failed.size() == 1, kPatience);
        QVERIFY(!known(0) && !known(1));
    }

    /// A stranger may name any file of the user's. It stays closed until the user agreed to the pipeline; one
    /// in the pipeline's own folder does not.
    void aStrangersDatabaseElsewhereIsReadAfterConsent() {
        const QTemporaryDir folder;
        const QString elsewhere = folder.filePath(QStringLiteral("elsewhere.sqlite"));
        const QString near = folder.filePath(QStringLiteral("project/near.sqlite"));
        const QString project = folder.filePath(QStringLiteral("project/a.rill"));
        QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("project")));
        for (const QString& path : {elsewhere, near})
            SQLite::Database(path.toStdString(), kOpenFlags).exec("CREATE TABLE t AS SELECT 7 AS n");
        const QByteArray text =
            R"({"rill":1,"wires":[{"from":"r","to":"out"}],"nodes":[)"
            R"({"id":"r","type":"rows","params":{"columns":["n INT"],"rows":[[1],[2]]}},)"
            R"({"id":"out","type":"sqlite_sink","params":{"database":"../elsewhere.sqlite","table":"t"}}]})";
        QFile file(project);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
        file.close();
        Program program(folder.filePath(QStringLiteral("kept")));
        ChartScheduler charts;
        ResultsPage page(PaneParts{program.document, program.session, charts});
        page.resize(1300, 640);
        page.show();
        QVERIFY(program.document.open(project).ok());
        QTRY_COMPARE(page.side().path(), elsewhere);
        QTRY_VERIFY(pageSays(page, "it lies outside the folder of the pipeline"));
        QVERIFY(page.side().table() == nullptr);
        page.side().openFile(near);
        QTRY_COMPARE(page.model().rowCount(), 1);
        page.side().openFile(elsewhere);
        QTRY_VERIFY(pageSays(page, "it lies outside the folder of the pipeline"));
        QVERIFY(page.side().table() == nullptr);
        QCOMPARE(page.model().rowCount(), 0);
        QVERIFY(!program.run().empty());
        QCOMPARE(program.session.state(), RunSession::State::Finished);
        QTRY_COMPARE(page.model().rowCount(), 2);
        QVERIFY(!pageSays(page, "it lies outside the folder of the pipeline"));
    }
};

QTEST_MAIN(TestLockedDatabase)
#include "test_locked_database.moc"
