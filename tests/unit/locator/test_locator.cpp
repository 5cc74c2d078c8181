// The search of everything: the first matches, and how it is used by keyboard.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "widgets/locator/locator_popup.h"
#include "widgets/theme/search_field.h"
#include "widgets/theme/theme.h"

using namespace rw::ui;

namespace {

using Kind = SearchItem::Kind;

SearchItem item(Kind kind, const char* title, const char* detail = "") {
    return {kind, QString::fromUtf8(title), QString::fromUtf8(detail)};
}

struct LocatorFixture {
    QWidget window;
    QPushButton anchor{&window};
    LocatorPopup popup{&window};
    std::vector<SearchItem> items;

    explicit LocatorFixture(std::vector<SearchItem> all) : items(std::move(all)) { window.resize(900, 600); }
    /// Whether the popup has come up in an active window.
    bool open() {
        window.show();
        if (!QTest::qWaitForWindowActive(&window, 30'000)) return false;
        popup.open(items, anchor);
        return popup.isVisible();
    }
};

}  // namespace

class TestLocator : public QObject {
    Q_OBJECT

    QStringList m_done;

    std::vector<SearchItem> items() {
        std::vector<SearchItem> all{item(Kind::Node, "Load per core", "Window aggregate"),
                                    item(Kind::Column, "load", "DOUBLE · of “CPU per core”"),
                                    item(Kind::Action, "Save as…", "File"),
                                    item(Kind::Add, "Filter", "Keep rows that match")};
        for (SearchItem& one : all) one.act = [this, title = one.title] { m_done << title; };
        return all;
    }

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }
    void init() { m_done.clear(); }
    void titlesCountMoreThanDetails();
    void everyWordMustBeFound();
    void englishNamesAreFound();
    void nothingTypedFindsEverything();
    void modelShowsTheBestFirst();
    void modelIsBounded();
    void keyboardChoosesAndDoes();
    void escapeGivesTheKeyboardBack();
    void clickDoes();
    void saysThatNothingWasFound();
    void staysInsideTheWindow();
};

void TestLocator::titlesCountMoreThanDetails() {
    const int title = locatorScore(QStringLiteral("filter"), item(Kind::Add, "Filter"));
    const int inside = locatorScore(QStringLiteral("filter"), item(Kind::Action, "Clear filter"));
    const int detail = locatorScore(QStringLiteral("filter"), item(Kind::Node, "Busy", "Filter"));
    QVERIFY(title > inside);
    QVERIFY(inside > detail);
    QVERIFY(detail > 0);
}

void TestLocator::everyWordMustBeFound() {
    const SearchItem column = item(Kind::Column, "load", "DOUBLE · of “CPU per core”");
    QVERIFY(locatorScore(QStringLiteral("load cpu"), column) > 0);
    QVERIFY(locatorScore(QStringLiteral("column load"), column) > 0);
    QCOMPARE(locatorScore(QStringLiteral("load memory"), column), 0);
    QCOMPARE(locatorScore(QStringLiteral("xyz"), column), 0);
    QVERIFY(locatorScore(QStringLiteral("LOAD"), column) > 0);
}

void TestLocator::englishNamesAreFound() {
    SearchItem timeline = item(Kind::Action, "时间线", "视图");
    QCOMPARE(locatorScore(QStringLiteral("timeline"), timeline), 0);
    timeline.english = {QStringLiteral("Event-time line"), QStringLiteral("Timeline")};
    QCOMPARE(locatorScore(QStringLiteral("timeline"), timeline),
             locatorScore(QStringLiteral("timeline"), item(Kind::Action, "Timeline")));
    QVERIFY(locatorScore(QStringLiteral("视图 timeline"), timeline) > 0);
    QVERIFY(locatorScore(QStringLiteral("时间"), timeline) > 0);
    QCOMPARE(locatorScore(QStringLiteral("timeline late"), timeline), 0);
}

void TestLocator::nothingTypedFindsEverything() {
    QVERIFY(locatorScore({}, item(Kind::Help, "SQL")) > 0);
    QVERIFY(locatorScore(QStringLiteral("  "), item(Kind::Help, "SQL")) > 0);
}

void TestLocator::modelShowsTheBestFirst() {
    LocatorModel model;
    model.setItems(items());
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(model.item(model.index(0))->title, QStringLiteral("Load per core"));
    model.filter(QStringLiteral("window"));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.item(model.index(0))->title, QStringLiteral("Load per core"));
    model.filter(QStringLiteral("load"));
    QCOMPARE(model.item(model.index(0))->title, QStringLiteral("Load per core"));  // equals keep their order
    QCOMPARE(model.item(model.index(1))->title, QStringLiteral("load"));
    QVERIFY(model.item(model.index(2)) == nullptr);
}

void TestLocator::modelIsBounded() {
    std::vector<SearchItem> many(500, item(Kind::Action, "Do it"));
    many.push_back(item(Kind::Action, "Do it now"));
    LocatorModel model;
    model.setItems(many);
    QCOMPARE(static_cast<std::size_t>(model.rowCount()), LocatorModel::kMost);
    model.filter(QStringLiteral("now"));
    QCOMPARE(model.rowCount(), 1);
}

void TestLocator::keyboardChoosesAndDoes() {
    LocatorFixture fixture(items());
    QVERIFY(fixture.open());
    LocatorPopup& popup = fixture.popup;
    auto* field = popup.findChild<SearchField*>();
    QVERIFY(popup.isVisible());
    QTRY_VERIFY(field->hasFocus());
    QTest::keyClick(field, Qt::Key_Down);
    QTest::keyClick(field, Qt::Key_Down);
    QTest::keyClick(field, Qt::Key_Up);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(m_done, QStringList({QStringLiteral("load")}));
    QVERIFY(!popup.isVisible());
    QVERIFY(fixture.open());
    QTest::keyClick(field, Qt::Key_Up);  // round to the last
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(m_done.last(), QStringLiteral("Filter"));
    QVERIFY(fixture.open());
    QTest::keyClicks(field, QStringLiteral("save"));
    QTest::keyClick(field, Qt::Key_Enter);
    QCOMPARE(m_done.last(), QStringLiteral("Save as…"));
}

void TestLocator::escapeGivesTheKeyboardBack() {
    LocatorFixture fixture(items());
    QLineEdit edit(&fixture.window);
    fixture.window.show();
    edit.setFocus();
    QVERIFY(fixture.open());
    LocatorPopup& popup = fixture.popup;
    QTest::keyClicks(popup.findChild<SearchField*>(), QStringLiteral("load"));
    QTest::keyClick(popup.findChild<SearchField*>(), Qt::Key_Escape);
    QVERIFY(!popup.isVisible());
    QVERIFY(edit.hasFocus());
    QVERIFY(m_done.isEmpty());
    QVERIFY(fixture.open());
    edit.setFocus();  // a click elsewhere
    QVERIFY(!popup.isVisible());
}

void TestLocator::clickDoes() {
    LocatorFixture fixture(items());
    QVERIFY(fixture.open());
    LocatorPopup& popup = fixture.popup;
    auto* list = popup.findChild<QListView*>();
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                      list->visualRect(list->model()->index(2, 0)).center());
    QCOMPARE(m_done, QStringList({QStringLiteral("Save as…")}));
}

void TestLocator::saysThatNothingWasFound() {
    LocatorFixture fixture(items());
    QVERIFY(fixture.open());
    LocatorPopup& popup = fixture.popup;
    popup.findChild<SearchField*>()->setText(QStringLiteral("xyzzy"));
    const QList<QLabel*> labels = popup.findChildren<QLabel*>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
        return label->isVisible() && label->text().contains(QStringLiteral("“xyzzy”"));
    }));
    QTest::keyClick(popup.findChild<SearchField*>(), Qt::Key_Return);
    QTest::keyClick(popup.findChild<SearchField*>(), Qt::Key_Down);
    QVERIFY(m_done.isEmpty());
    QVERIFY(popup.isVisible());
}

void TestLocator::staysInsideTheWindow() {
    LocatorFixture fixture(items());
    fixture.window.resize(400, 600);
    fixture.anchor.setGeometry(360, 8, 32, 28);
    QVERIFY(fixture.open());
    QVERIFY(fixture.window.rect().contains(fixture.popup.geometry()));
}

QTEST_MAIN(TestLocator)
#include "test_locator.moc"
