// The page of what is kept of live sources: what, of whom, how large, where; and its removal.
#include <QtWidgets/QtWidgets>

#include "core/data/schema.h"
#include "core/listen/heard_store.h"
#include "tests/unit/panels/session_fixture.h"
#include "widgets/sample/kept_rows_page.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

void keep(const std::string& key, const std::string& title, const std::string& connection) {
    HeardRows heard;
    heard.source.node = "live";
    heard.source.type = "kafka_source";
    heard.source.schema = std::make_shared<Schema>();
    heard.at = 1'700'000'000'000;
    TapePiece piece;
    piece.rows.reject(0, RW_TEXT("test", "it is no number"), "x");
    piece.rows.rowsRead = 1;
    heard.pieces.push_back(std::move(piece));
    const HeardBy by{key + std::string(31, '0'), {connection}, "/there/orders.rill", title};
    QVERIFY(HeardStore().keep(by, heard).ok());
}

struct PageFixture : SessionFixture {
    PageFixture() {
        HeardStore().forgetAll();
        keep("a", "Orders", "one");
        keep("b", "Prices", "two");
        page = std::make_unique<KeptRowsPage>(session);
        page->resize(800, 500);
        page->show();
    }
    QTableWidget& table() const { return *page->findChild<QTableWidget*>(QStringLiteral("kept_rows")); }
    QPushButton& button(const char* name) const {
        return *page->findChild<QPushButton*>(QLatin1String(name));
    }
    bool has(int rows) const {
        return QTest::qWaitFor([&] { return table().rowCount() == rows && !page->isStoring(); }, 30'000);
    }
    QString words() const {
        QStringList all;
        for (auto* label : page->findChildren<QLabel*>()) all << label->text();
        return all.join(u'\n');
    }
    std::unique_ptr<KeptRowsPage> page;
};

}  // namespace

class TestKeptRowsPage : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void eachSourceIsListed() {
        PageFixture fixture;
        QVERIFY(fixture.has(2));
        QStringList titles{fixture.table().item(0, 0)->text(), fixture.table().item(1, 0)->text()};
        titles.sort();
        QCOMPARE(titles, (QStringList{"Orders", "Prices"}));
        QCOMPARE(fixture.table().item(0, 1)->text(), QStringLiteral("orders.rill"));
        QCOMPARE(fixture.table().item(0, 1)->toolTip(), QStringLiteral("/there/orders.rill"));
        QCOMPARE(fixture.table().item(0, 4)->text(), QStringLiteral("1"));
        QVERIFY2(fixture.words().contains(QLatin1String("heard, which only you can read")),
                 qPrintable(fixture.words()));
    }

    void thoseChosenAreRemoved() {
        PageFixture fixture;
        QVERIFY(fixture.has(2));
        QVERIFY(!fixture.button("remove_kept").isEnabled());
        const QString stays = fixture.table().item(1, 0)->text();
        fixture.table().selectRow(0);
        QSignalSpy removed(fixture.page.get(), &KeptRowsPage::removed);
        fixture.button("remove_kept").click();
        QVERIFY(fixture.has(1));
        QCOMPARE(fixture.table().item(0, 0)->text(), stays);
        QCOMPARE(HeardStore().all().size(), std::size_t{1});
        QCOMPARE(removed.count(), 1);
        QCOMPARE(removed.front().front().toBool(), false);
    }

    void allAreRemoved() {
        PageFixture fixture;
        QVERIFY(fixture.has(2));
        fixture.button("remove_all_kept").click();
        QVERIFY(fixture.has(0));
        QVERIFY(HeardStore().all().empty());
        QVERIFY(!fixture.button("remove_all_kept").isEnabled());
        QVERIFY2(fixture.words().contains(QLatin1String("Nothing is kept")), qPrintable(fixture.words()));
    }
};

QTEST_MAIN(TestKeptRowsPage)
#include "test_kept_rows_page.moc"
