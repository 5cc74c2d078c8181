// Finding one's way: help, the search of everything, the list of shortcuts, about.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include <algorithm>

#include "app/about_box.h"
#include "app/features.h"
#include "app/menus.h"
#include "app/pipeline_page.h"
#include "tests/unit/app/window_fixture.h"
#include "widgets/document/examples.h"
#include "widgets/files/file_actions.h"
#include "widgets/help/help_window.h"
#include "widgets/locator/locator_popup.h"
#include "widgets/palette/palette.h"
#include "widgets/pane/pane.h"
#include "widgets/shortcuts/shortcut_sheet.h"
#include "widgets/theme/search_field.h"
#include "widgets/theme/shown_text.h"

using namespace rw;
using namespace rw::ui;

namespace {

const SearchItem* find(const std::vector<SearchItem>& items, SearchItem::Kind kind, const QString& title) {
    for (const SearchItem& item : items) {
        if (item.kind == kind && item.title == title) return &item;
    }
    return nullptr;
}

class HelplessFeature final : public Feature {
 public:
    const char* id() const override { return "own"; }
};

}  // namespace

class TestFinding : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { startProgram(); }
    void init() { emptyHome(); }
    void helpIsOnTheSelection();
    void helpStandsBeforeADialog();
    void helpIsOnThePageInFront();
    void locatorFindsEverything();
    void locatorAddsANode();
    void locatorGoesToAColumnsNode();
    void englishNamesAreFoundInChinese();
    void slashSearchesThePalette();
    void themeIsNamedByTheOther();
    void noTwoActionsShareTheirKeys();
    void shortcutListIsMadeOfTheActions();
    void aboutNamesTheLibraries();
};

void TestFinding::helpIsOnTheSelection() {
    WindowFixture fixture;
    fixture.action(QStringLiteral("Help on the selection"))->trigger();
    auto* help = fixture.window->findChild<HelpWindow*>();
    QVERIFY(help != nullptr && help->isVisible());
    QCOMPARE(help->page(), QStringLiteral("first_steps"));
    fixture.document().addNode({.type = "union"}, {});
    fixture.action(QStringLiteral("Help on the selection"))->trigger();
    QCOMPARE(help->page(), QStringLiteral("nodes/union"));
    Q_EMIT fixture.canvas().helpRequested(QStringLiteral("filter"));
    QCOMPARE(help->page(), QStringLiteral("nodes/filter"));
    QCOMPARE(fixture.window->findChildren<HelpWindow*>().size(), 1);
    fixture.document().startEmpty();
}

/// A dialog keeps the keyboard from windows that are not its own.
void TestFinding::helpStandsBeforeADialog() {
    WindowFixture fixture;
    static std::function<void(const QString&, QWidget&)> show;
    std::vector<MakeFeature> features = allFeatures();
    features.push_back([](const FeatureParts& parts) -> std::unique_ptr<Feature> {
        show = parts.help;
        return std::make_unique<HelplessFeature>();
    });
    MainWindow window(fixture.catalogue, fixture.preferences, features);
    QDialog dialog(&window);
    for (const char* const page : {"superset", "connections"}) {
        show(QLatin1String(page), dialog);
        const auto windows = dialog.findChildren<HelpWindow*>();
        QCOMPARE(windows.size(), 1);
        QVERIFY(windows.front()->isVisible());
        QCOMPARE(windows.front()->page(), QString::fromLatin1(page));
    }
    QVERIFY(window.findChildren<HelpWindow*>(QString(), Qt::FindDirectChildrenOnly).isEmpty());
    show(QStringLiteral("connections"), window);
    QCOMPARE(window.findChildren<HelpWindow*>(QString(), Qt::FindDirectChildrenOnly).size(), 1);
    show = nullptr;
}

/// F1 on a page that has one of its own; in the inspector, which stands beside it, on the selection.
void TestFinding::helpIsOnThePageInFront() {
    WindowFixture fixture;
    fixture.document().addNode({.type = "union"}, {});
    QVERIFY(QTest::qWaitForWindowActive(fixture.window.get(), 30'000));
    for (Pane* pane : fixture.window->findChildren<Pane*>()) {
        if (pane->facts().help == nullptr) continue;
        pane->opens()->trigger();
        QTRY_VERIFY(pane->isOn());
        fixture.action(QStringLiteral("Help on the selection"))->trigger();
        const auto* help = fixture.window->findChild<HelpWindow*>();
        QCOMPARE(help->page(), QLatin1String(pane->facts().help));
    }
    QVERIFY(fixture.window->findChild<HelpWindow*>() != nullptr);
}

void TestFinding::locatorFindsEverything() {
    WindowFixture fixture;
    fixture.window->findChild<FileActions*>()->openExample(examples().front().file, false);
    QTRY_VERIFY(fixture.document().isValidated());
    using Kind = SearchItem::Kind;
    const std::vector<SearchItem> items = fixture.window->searchItems().all();
    const Node& node = fixture.document().pipeline().nodes.front();
    QVERIFY(find(items, Kind::Node, QString::fromStdString(node.shownTitle())) != nullptr);
    const StreamType* stream = fixture.document().streamAt({node.id, "out"});
    QVERIFY(stream != nullptr);
    const QString column = QString::fromStdString(stream->schema->fields.front().name);
    QVERIFY(find(items, Kind::Column, column) != nullptr);
    QVERIFY(find(items, Kind::Action, QStringLiteral("Save as…")) != nullptr);
    QVERIFY(find(items, Kind::Action, QStringLiteral("Dashboard")) != nullptr);
    QVERIFY(find(items, Kind::Setting, QStringLiteral("Language")) != nullptr);
    QVERIFY(find(items, Kind::Add, QStringLiteral("Filter")) != nullptr);
    QVERIFY(find(items, Kind::Example, examples().back().title) != nullptr);
    QVERIFY(find(items, Kind::Help, QStringLiteral("First steps")) != nullptr);
    // Whoever added them first: nodes stand before what could be added, and that before pages.
    QVERIFY(std::is_sorted(items.begin(), items.end(),
                           [](const SearchItem& x, const SearchItem& y) { return x.kind < y.kind; }));
}

/// The palette, panels and entries of menus, by what help in English calls them.
void TestFinding::englishNamesAreFoundInChinese() {
    WindowFixture fixture;
    QVERIFY(QTest::qWaitForWindowActive(fixture.window.get(), 30'000));
    QAction* const search = fixture.action(QStringLiteral("Search everything"));
    const QAction* const saveAs = fixture.action(QStringLiteral("Save as…"));
    const QAction* const preferences = fixture.action(QStringLiteral("Preferences…"));
    QVERIFY(search != nullptr && saveAs != nullptr && preferences != nullptr);
    const auto back = qScopeGuard([&] { fixture.preferences.setLanguage(QStringLiteral("en")); });
    fixture.preferences.setLanguage(QStringLiteral("zh_CN"));
    QCoreApplication::sendPostedEvents();
    QVERIFY(plainText(*saveAs) != QLatin1String("Save as…"));
    search->trigger();
    auto* const popup = fixture.window->findChild<LocatorPopup*>();
    auto* const field = popup->findChild<SearchField*>();
    const auto titles = [popup] {
        const QAbstractItemModel* const found = popup->findChild<QAbstractItemView*>()->model();
        QStringList all;
        for (int row = 0; row < found->rowCount(); ++row) all << found->index(row, 0).data().toString();
        return all;
    };
    for (const QAction* wanted : {saveAs, preferences}) {
        field->selectAll();
        QTest::keyClicks(field, wanted == saveAs ? QStringLiteral("save as") : QStringLiteral("preferences"));
        QVERIFY2(titles().contains(plainText(*wanted)), qPrintable(titles().join(u'\n')));
    }
    field->setText(plainText(*saveAs));  // keyClicks() takes Latin letters alone
    QVERIFY(titles().contains(plainText(*saveAs)));
    popup->hide();
}

void TestFinding::locatorAddsANode() {
    WindowFixture fixture;
    QVERIFY(QTest::qWaitForWindowActive(fixture.window.get(), 30'000));
    fixture.action(QStringLiteral("Search everything"))->trigger();
    auto* popup = fixture.window->findChild<LocatorPopup*>();
    QVERIFY(popup->isVisible());
    QTest::keyClicks(popup->findChild<SearchField*>(), QStringLiteral("add union"));
    QTest::keyClick(popup->findChild<SearchField*>(), Qt::Key_Return);
    QVERIFY(!popup->isVisible());
    QCOMPARE(fixture.document().pipeline().nodes.size(), std::size_t(1));
    QCOMPARE(fixture.document().pipeline().nodes[0].type, std::string("union"));
    QVERIFY(!fixture.window->findChild<PipelinePage*>()->isWelcome());
    fixture.document().startEmpty();
}

void TestFinding::locatorGoesToAColumnsNode() {
    WindowFixture fixture;
    fixture.window->findChild<FileActions*>()->openExample(QStringLiteral(":/examples/orders.rill"), false);
    QTRY_VERIFY(fixture.document().isValidated());
    fixture.document().selection().clear();
    const auto items = fixture.window->searchItems().all();
    int named = 0;
    for (const SearchItem& item : items) {
        if (item.kind != SearchItem::Kind::Column || item.title != QLatin1String("country")) continue;
        ++named;
        item.act();
    }
    QCOMPARE(named, 1);  // where it comes into being, not at each node it passes
    QCOMPARE(fixture.document().selection().nodes().size(), std::size_t(1));
    QCOMPARE(fixture.document().kindOf(fixture.document().selection().nodes()[0])->type,
             std::string("csv_source"));
}

void TestFinding::slashSearchesThePalette() {
    WindowFixture fixture;
    fixture.document().startEmpty();
    fixture.action(QStringLiteral("Side panels"))->setChecked(false);
    QVERIFY(QTest::qWaitForWindowActive(fixture.window.get(), 30'000));
    fixture.canvas().view().setFocus();
    QTest::keyClick(&fixture.canvas().view(), Qt::Key_Slash);
    auto* palette = fixture.window->findChild<Palette*>();
    auto* search = palette->findChild<SearchField*>();
    QVERIFY(palette->isVisible() && search->hasFocus());
    QTest::keyClicks(search, QStringLiteral("a/b"));  // there it is a letter like any other
    QCOMPARE(search->text(), QStringLiteral("a/b"));
}

void TestFinding::themeIsNamedByTheOther() {
    WindowFixture fixture;
    QAction* theme = fixture.window->findChild<Menus*>()->theme;
    const QString before = theme->text();
    theme->trigger();
    QVERIFY(theme->text() != before);
    theme->trigger();
    QCOMPARE(theme->text(), before);
}

void TestFinding::noTwoActionsShareTheirKeys() {
    WindowFixture fixture;
    QMap<QString, QString> owner;
    int lines = 0;
    for (const ShortcutGroup& group :
         shortcutsOf(fixture.window->findChild<Menus*>()->registry(), *fixture.window)) {
        for (const ShortcutGroup::Line& line : group.lines) {
            QVERIFY2(!owner.contains(line.keys), qPrintable(line.keys + QLatin1Char(' ') + line.text +
                                                            QLatin1Char(' ') + owner[line.keys]));
            static const QRegularExpression kMnemonic(QStringLiteral("&\\S"));
            QVERIFY2(!line.text.contains(kMnemonic), qPrintable(line.text));
            owner[line.keys] = line.text;
            ++lines;
        }
    }
    QVERIFY(lines > 20);
}

void TestFinding::shortcutListIsMadeOfTheActions() {
    WindowFixture fixture;
    fixture.action(QStringLiteral("Keyboard shortcuts"))->trigger();
    auto* list = fixture.window->findChild<ShortcutSheet*>();
    QVERIFY(list != nullptr && list->isVisible());
    QStringList words;
    for (const QLabel* label : list->findChildren<QLabel*>()) words << label->text();
    for (const char* expected : {"Search everything", "Ctrl+K", "Run", "Ctrl+R", "Dashboard", "Ctrl+2"})
        QVERIFY2(words.contains(QLatin1String(expected)), expected);
    // Keys of the canvas that are no actions.
    for (const char* expected :
         {"Walk through the comments", "N", "Size the selected comments", "Shift+← → ↑ ↓"})
        QVERIFY2(words.contains(QString::fromUtf8(expected)), expected);
}

void TestFinding::aboutNamesTheLibraries() {
    AboutBox box;
    QStringList words;
    for (const QLabel* label : box.findChildren<QLabel*>()) words << label->text();
    QVERIFY(libraryVersions().size() > 4);
    for (const auto& [name, version] : libraryVersions()) {
        QVERIFY2(!version.isEmpty() && version[0].isDigit(), qPrintable(name));
        QVERIFY2(words.contains(name) && words.contains(version), qPrintable(name));
    }
    const QString all = words.join(QLatin1Char(' '));
    QVERIFY(all.contains(QLatin1String("GPL-3.0-or-later")));
    QVERIFY(all.contains(QLatin1String(qVersion())));
}

QTEST_MAIN(TestFinding)
#include "test_finding.moc"
