// Keys that a person chooses: kept, given to actions whenever these are added, and never those of another
// action without a word.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "widgets/pane/action_registry.h"
#include "widgets/shortcuts/fixed_keys.h"
#include "widgets/shortcuts/kept_keys.h"
#include "widgets/shortcuts/key_field.h"
#include "widgets/shortcuts/key_owners.h"
#include "widgets/shortcuts/shortcuts_page.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/search_field.h"
#include "widgets/theme/theme.h"

using namespace rw::ui;

namespace {

QKeySequence keys(const char* text) {
    return QKeySequence(QString::fromLatin1(text));
}

/// Two actions of the window, and one each of two parts of it.
struct Window {
    QWidget window{};
    QWidget left{&window}, right{&window};
    QAction run{QStringLiteral("&Run")}, stop{QStringLiteral("&Stop")}, cut{QStringLiteral("C&ut")},
        silence{QStringLiteral("&Silence")};
    ActionRegistry registry{};

    Window() {
        run.setShortcut(keys("Ctrl+R"));
        cut.setShortcut(keys("Ctrl+X"));
        silence.setShortcut(keys("S"));
        for (QAction* action : {&cut, &silence}) action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        left.addAction(&cut);
        right.addAction(&silence);
        window.addActions({&run, &stop});
        registry.add(QStringLiteral("run.run"), &run, MenuPlace{MainMenu::Run, 0});
        registry.add(QStringLiteral("run.stop"), &stop, MenuPlace{MainMenu::Run, 0});
        registry.add(QStringLiteral("edit.cut"), &cut, MenuPlace{MainMenu::Edit, 0});
        registry.add(QStringLiteral("alerts.silence"), &silence);
    }
};

struct Page {
    Window in{};
    ShortcutsPage page{in.registry};
    KeyField& field = *page.findChild<KeyField*>();
    HintBox& hint = *page.findChild<HintBox*>();
    QTableView& table = *page.findChild<QTableView*>(QStringLiteral("shortcuts"));

    Page() {
        page.resize(560, 520);
        page.show();
    }
    QPushButton& button(const char* name) { return *page.findChild<QPushButton*>(QString::fromLatin1(name)); }
    void choose(const QString& command) {
        const QAbstractItemModel& rows = *table.model();
        for (int row = 0; row < rows.rowCount(); ++row) {
            if (rows.index(row, ShortcutsModel::Command).data() == command) table.selectRow(row);
        }
    }
    QString shown(const QString& command) {
        const QAbstractItemModel& rows = *table.model();
        for (int row = 0; row < rows.rowCount(); ++row) {
            if (rows.index(row, ShortcutsModel::Command).data() == command)
                return rows.index(row, ShortcutsModel::Keys).data().toString();
        }
        return QStringLiteral("no such row");
    }
    void press(int key, Qt::KeyboardModifiers with = Qt::ControlModifier) {
        field.setFocus();
        QTest::keyClick(&field, Qt::Key(key), with);
        page.leaveField();
    }
};

}  // namespace

class TestShortcuts : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

 private Q_SLOTS:
    void initTestCase() {
        new Theme(*qApp, {.mode = ThemeMode::Dark});
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
    }
    void init() { keepKeys({}); }

    void chosenKeysReplaceTheStandardOnes() {
        Window in;
        in.registry.choose(QStringLiteral("run.run"), keys("F5"));
        QCOMPARE(in.run.shortcuts(), QList<QKeySequence>{keys("F5")});
        in.registry.choose(QStringLiteral("run.run"), QKeySequence());
        QVERIFY(in.run.shortcuts().isEmpty());
        in.registry.choose(QStringLiteral("run.run"), std::nullopt);
        QCOMPARE(in.run.shortcuts(), QList<QKeySequence>{keys("Ctrl+R")});
        in.registry.choose(QStringLiteral("run.run"), keys("Ctrl+Return"));
        QCOMPARE(in.run.shortcuts(), (QList<QKeySequence>{keys("Ctrl+Return"), keys("Ctrl+Enter")}));
    }

    void actionsThatComeLaterGetThem() {
        Window in;
        in.registry.setChosen(
            {{QStringLiteral("late.one"), keys("F7")}, {QStringLiteral("gone.one"), keys("F8")}});
        QAction late(QStringLiteral("Late"));
        late.setShortcut(keys("F6"));
        in.registry.add(QStringLiteral("late.one"), &late);
        QCOMPARE(late.shortcut(), keys("F7"));
        QVERIFY2(in.registry.chosen().contains(QStringLiteral("gone.one")), "a feature may come back");
        in.registry.setChosen({});
        QCOMPARE(late.shortcut(), keys("F6"));
    }

    void areKept() {
        const ChosenKeys chosen{{QStringLiteral("run.run"), keys("Ctrl+Shift+L, Left")},
                                {QStringLiteral("edit.cut"), QKeySequence()}};
        keepKeys(chosen);
        QCOMPARE(keptKeys(), chosen);
        QSettings().setValue(QStringLiteral("shortcuts/run.stop"), QStringLiteral("no such key"));
        QCOMPARE(keptKeys(), chosen);
    }

    void ownersAreThoseWhoWorkAtTheSamePlace() {
        Window in;
        const auto who = [&in](const char* id, const char* text) {
            QStringList words;
            for (const KeyOwner& owner : ownersOf(in.registry, QLatin1String(id), keys(text)))
                words << owner.words;
            return words.join(QLatin1Char('|'));
        };
        QCOMPARE(who("run.stop", "Ctrl+R"), QStringLiteral("Run"));
        QCOMPARE(who("run.run", "Ctrl+R"), QString());
        QCOMPARE(who("run.stop", "Ctrl+X"), QStringLiteral("Cut"));
        QCOMPARE(who("edit.cut", "S"), QString());  // they never have the keyboard at once
        QCOMPARE(who("run.stop", "S"), QStringLiteral("Silence"));
        QCOMPARE(who("run.stop", "Ctrl+R, A"), QStringLiteral("Run"));  // it would never be reached
        QCOMPARE(who("run.stop", "P"), QStringLiteral("Walk through the ports of a node"));
        QCOMPARE(who("run.stop", "Alt+F"), QStringLiteral("Menu “File”"));
        QCOMPARE(who("run.stop", ""), QString());
    }

    void aFreeKeyHoldsAtOnce() {
        Page page;
        page.choose(QStringLiteral("Stop"));
        page.press(Qt::Key_F5, Qt::NoModifier);
        QCOMPARE(page.in.stop.shortcut(), keys("F5"));
        QCOMPARE(page.shown(QStringLiteral("Stop")), QStringLiteral("F5"));
        QVERIFY(!page.hint.isVisible());
    }

    void keysOfAnotherAreTakenOnlyWhenAsked() {
        Page page;
        page.choose(QStringLiteral("Stop"));
        page.press(Qt::Key_R);
        QVERIFY(page.hint.isVisible() && page.page.saysSomething());
        QCOMPARE(page.in.run.shortcut(), keys("Ctrl+R"));
        QVERIFY(page.in.stop.shortcut().isEmpty());
        page.hint.findChildren<QPushButton*>().front()->click();
        QCOMPARE(page.in.stop.shortcut(), keys("Ctrl+R"));
        QVERIFY(page.in.run.shortcut().isEmpty());
        QVERIFY(!page.hint.isVisible() && !page.page.saysSomething());
        // Back again: the standard keys of one are those of the other now.
        page.choose(QStringLiteral("Run"));
        page.button("standard_keys").click();
        QVERIFY(page.hint.isVisible());
        page.hint.findChildren<QPushButton*>().front()->click();
        QCOMPARE(page.in.run.shortcut(), keys("Ctrl+R"));
        QVERIFY(page.in.stop.shortcut().isEmpty());
    }

    void anotherRowForgetsWhatWasWanted() {
        Page page;
        page.choose(QStringLiteral("Stop"));
        page.press(Qt::Key_R);
        page.choose(QStringLiteral("Cut"));
        QVERIFY(!page.hint.isVisible());
        QCOMPARE(page.field.keySequence(), keys("Ctrl+X"));
        QCOMPARE(page.in.run.shortcut(), keys("Ctrl+R"));
    }

    void fixedKeysStay() {
        Page page;
        page.choose(QStringLiteral("Stop"));
        page.press(Qt::Key_P, Qt::NoModifier);
        QVERIFY(page.hint.isVisible());
        QVERIFY2(page.hint.findChildren<QPushButton*>().isEmpty() ||
                     !page.hint.findChildren<QPushButton*>().front()->isVisible(),
                 "they can't be taken");
        QVERIFY(page.in.stop.shortcut().isEmpty());
    }

    void noneAndStandard() {
        Page page;
        page.choose(QStringLiteral("Run"));
        QVERIFY(!page.button("standard_keys").isEnabled() && !page.button("all_standard_keys").isEnabled());
        page.button("no_keys").click();
        QVERIFY(page.in.run.shortcut().isEmpty() && !page.button("no_keys").isEnabled());
        page.button("standard_keys").click();
        QCOMPARE(page.in.run.shortcut(), keys("Ctrl+R"));
        QVERIFY(page.in.registry.chosen().isEmpty());
        page.press(Qt::Key_F5, Qt::NoModifier);
        page.button("all_standard_keys").click();
        QCOMPARE(page.in.run.shortcut(), keys("Ctrl+R"));
    }

    void theFieldLetsTheKeyboardGo() {
        Page page;
        page.choose(QStringLiteral("Run"));
        page.page.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&page.page, 30'000));
        page.field.setFocus();
        QTest::keyClick(&page.field, Qt::Key_F5);
        QTest::keyClick(&page.field, Qt::Key_Escape);
        QCOMPARE(page.field.keySequence(), keys("Ctrl+R"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QVERIFY(!page.field.isAncestorOf(QApplication::focusWidget()) &&
                QApplication::focusWidget() != &page.field);
        QCOMPARE(page.in.run.shortcut(), keys("Ctrl+R"));
    }

    void searchFindsCommandsAndKeys() {
        Page page;
        auto& search = *page.page.findChild<SearchField*>();
        search.setText(QStringLiteral("ctrl+x"));
        QCOMPARE(page.table.model()->rowCount(), 1);
        QCOMPARE(page.field.keySequence(), keys("Ctrl+X"));
        search.setText(QStringLiteral("nothing like it"));
        QCOMPARE(page.table.model()->rowCount(), 0);
        QVERIFY(!page.field.isEnabled());
        search.clear();
        QCOMPARE(page.table.model()->rowCount(), 4);
    }
};

QTEST_MAIN(TestShortcuts)
#include "test_shortcuts.moc"
