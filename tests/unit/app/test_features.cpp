// Features: the window shows all that a feature gives, and every action that is in a menu is in the registry.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include <optional>

#include "app/bottom_panel.h"
#include "app/features.h"
#include "app/menus.h"
#include "app/running/main_tool_bar.h"
#include "app/status_line.h"
#include "tests/unit/app/window_fixture.h"
#include "widgets/charts/chart_scheduler.h"
#include "widgets/document/connection_list.h"
#include "widgets/document/recent_files.h"
#include "widgets/log/log_panel.h"
#include "widgets/pane/action_registry.h"
#include "widgets/pane/log_book.h"
#include "widgets/pane/pane.h"
#include "widgets/pane/preferences_page.h"
#include "widgets/session/cluster_session.h"
#include "widgets/session/target_list.h"
#include "widgets/settings/preferences_dialog.h"
#include "widgets/shortcuts/kept_keys.h"
#include "widgets/shortcuts/key_owners.h"
#include "widgets/shortcuts/shortcut_sheet.h"
#include "widgets/theme/shown_text.h"

using namespace rw;
using namespace rw::ui;

namespace {

class OwnPanel final : public Pane {
 public:
    OwnPanel() : Pane(kFacts) {}
    QString title() const override { return QStringLiteral("Own panel"); }

 private:
    static constexpr PaneFacts kFacts{"own_panel", "pointer", "Ctrl+Alt+8", 4};  // the place of Log
};

class OwnPreferences final : public PreferencesPage {
 public:
    OwnPreferences() { setObjectName(QStringLiteral("ownPreferences")); }
    QString id() const override { return QStringLiteral("own"); }
    QString title() const override { return QStringLiteral("Own page"); }
    void leaveField() override { ++left; }
    int left = 0;
};

/// Has one of everything that a feature may have.
class OwnFeature final : public Feature {
 public:
    explicit OwnFeature(const FeatureParts& parts) : m_action(new QAction(&parts.window)) {
        m_action->setShortcut(QKeySequence(QStringLiteral("Ctrl+Alt+9")));
    }
    const char* id() const override { return "own"; }
    std::vector<Pane*> panels() override { return {new OwnPanel}; }
    void addActions(ActionRegistry& registry) override {
        registry.add(QStringLiteral("own.act"), m_action, MenuPlace{MainMenu::Tools, 1});
    }
    std::vector<QWidget*> toolBarParts() override { return {named(new QToolButton, "ownButton")}; }
    QToolBar* bar() override {
        auto* bar = new QToolBar;
        bar->setObjectName(QStringLiteral("ownBar"));
        return bar;
    }
    std::vector<QWidget*> statusParts() override { return {named(new QLabel, "ownStatus")}; }
    std::vector<PreferencesPage*> preferencesPages() override { return {new OwnPreferences}; }
    void retranslate() override { m_action->setText(QStringLiteral("&Own action")); }
    void closing() override { ++closings; }
    static inline int closings = 0;

 private:
    static QWidget* named(QWidget* widget, const char* name) {
        widget->setObjectName(QLatin1String(name));
        return widget;
    }
    QAction* m_action;
};

std::vector<MakeFeature> withOwn() {
    std::vector<MakeFeature> features = allFeatures();
    features.push_back([](const FeatureParts& parts) -> std::unique_ptr<Feature> {
        return std::make_unique<OwnFeature>(parts);
    });
    return features;
}

}  // namespace

class TestFeatures : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { startProgram(); }
    void init() { emptyHome(); }

    void theWindowShowsAllOfAFeature() {
        WindowFixture fixture;
        MainWindow window(fixture.catalogue, fixture.preferences, withOwn());
        window.resize(1600, 900);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window, 30'000));
        const auto* menus = window.findChild<Menus*>();
        QAction* action = menus->registry().find(QStringLiteral("own.act"));
        QVERIFY(action != nullptr);
        QCOMPARE(plainText(*action), QStringLiteral("Own action"));
        bool inMenu = false;
        for (const QAction* menu : menus->actions()) {
            if (menu->menu()->actions().contains(action)) inMenu = plainText(*menu) == QLatin1String("Tools");
        }
        QVERIFY2(inMenu, "its action is not in Tools");
        bool onSheet = false;
        for (const ShortcutGroup& group : shortcutsOf(menus->registry(), window)) {
            for (const ShortcutGroup::Line& line : group.lines)
                onSheet |= line.text == QLatin1String("Own action");
        }
        QVERIFY2(onSheet, "its action is not on the sheet of shortcuts");
        QVERIFY(window.findChild<MainToolBar*>()
                    ->findChild<QToolButton*>(QStringLiteral("ownButton"))
                    ->isVisible());
        QVERIFY(window.findChild<QToolBar*>(QStringLiteral("ownBar"))->isVisible());
        QVERIFY(window.statusBar()->findChild<QLabel*>(QStringLiteral("ownStatus")) != nullptr);
        QVERIFY(window.findChild<Pane*>(QStringLiteral("own_panel")) != nullptr);
        menus->registry().find(QStringLiteral("tools.preferences"))->trigger();
        auto* preferences = window.findChild<PreferencesDialog*>();
        const auto* tabs = preferences->findChild<QTabBar*>();
        QCOMPARE(tabs->tabText(tabs->count() - 1), QStringLiteral("Own page"));
        const auto* own = preferences->findChild<PreferencesPage*>(QStringLiteral("ownPreferences"));
        preferences->showPage(QStringLiteral("own"));
        QVERIFY(own->isVisible());
        preferences->showPage(QStringLiteral("look"));
        QVERIFY2(static_cast<const OwnPreferences*>(own)->left > 0, "what was typed last is not taken");
    }

    /// Behind the one that was made before it for the same place, and before those of higher places.
    void aTabStandsAtItsPlace() {
        WindowFixture fixture;
        MainWindow window(fixture.catalogue, fixture.preferences, withOwn());
        const auto* tabs = window.findChild<BottomPanel*>()->findChild<QTabBar*>();
        QStringList shown;
        for (int i = 0; i < tabs->count(); ++i) shown << tabs->tabText(i);
        const qsizetype own = shown.indexOf(QStringLiteral("Own panel"));
        QVERIFY(own > 0);
        QCOMPARE(shown[own - 1], QStringLiteral("Log"));
        QCOMPARE(shown[own + 1], QStringLiteral("Portability"));
    }

    void aClosingWindowTellsIt() {
        WindowFixture fixture;
        MainWindow window(fixture.catalogue, fixture.preferences, withOwn());
        window.show();
        OwnFeature::closings = 0;
        QVERIFY(window.close());
        QCOMPARE(OwnFeature::closings, 1);
    }

    /// What a feature asks of the window.
    void theWindowDoesWhatAFeatureAsks() {
        WindowFixture fixture;
        static std::optional<FeatureParts> given;
        std::vector<MakeFeature> features = allFeatures();
        features.push_back([](const FeatureParts& parts) -> std::unique_ptr<Feature> {
            given.emplace(parts);
            return std::make_unique<OwnFeature>(parts);
        });
        MainWindow window(fixture.catalogue, fixture.preferences, features);
        window.resize(1600, 900);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window, 30'000));
        given->see("log");
        auto* log = window.findChild<LogPanel*>();
        QVERIFY(log->isOn());
        const int before = log->model().rowCount();
        given->log.note(Text{"It happened."});
        QTRY_COMPARE(log->model().rowCount(), before + 1);
        given->see("own_panel");
        QVERIFY(!log->isOn());
        given->tell(QStringLiteral("Well done"));
        const auto labels = window.findChild<StatusLine*>()->findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
            return label->isVisible() && label->text() == QLatin1String("Well done");
        }));
        given->preferences("own");
        QVERIFY(window.findChild<PreferencesPage*>(QStringLiteral("ownPreferences"))->isVisible());
        given.reset();
    }

    /// A narrow tool bar has no room for them: their commands are in the menus.
    void smallButtonsGoWhereThereIsNoRoom() {
        WindowFixture fixture;
        fixture.window->resize(1600, 900);
        fixture.window->show();
        QVERIFY(QTest::qWaitForWindowExposed(fixture.window.get(), 30'000));
        const auto* record = fixture.window->findChild<QToolButton*>(QStringLiteral("recordButton"));
        QTRY_VERIFY(record->isVisible());
        fixture.window->findChild<MainToolBar*>()->resize(300, 40);
        QVERIFY(!record->isVisible());
    }

    void everyEntryIsRegisteredUnderItsOwnId() {
        const WindowFixture fixture;
        const auto* menus = fixture.window->findChild<Menus*>();
        QSet<QString> ids;
        QSet<const QAction*> registered;
        const QRegularExpression shape(QStringLiteral("^[a-z_]+\\.[a-z_]+$"));
        for (const RegisteredAction& each : menus->registry().all()) {
            QVERIFY2(shape.match(each.id).hasMatch(), qPrintable(each.id));
            QVERIFY2(!ids.contains(each.id), qPrintable(each.id));
            ids << each.id;
            registered << each.action;
        }
        QList<const QAction*> shown;
        for (const QAction* menu : menus->actions()) {
            for (const QAction* entry : menu->menu()->actions()) {
                if (!entry->isSeparator()) shown << entry;
            }
        }
        QVERIFY(shown.size() > 60);
        for (const QAction* entry : shown) QVERIFY2(registered.contains(entry), qPrintable(entry->text()));
        const std::vector<RegisteredAction>& all = menus->registry().all();
        QCOMPARE(shown.size(), std::count_if(all.begin(), all.end(), [](const RegisteredAction& each) {
                     return each.place.has_value();
                 }));
    }

    /// A key that only works where its part has the keyboard is said to.
    void contextsAreThoseOfTheKeys() {
        const WindowFixture fixture;
        const auto* menus = fixture.window->findChild<Menus*>();
        for (const RegisteredAction& each : menus->registry().all()) {
            if (each.id == QLatin1String("canvas.rename")) QCOMPARE(each.context(), KeyContext::Focus);
            if (each.id == QLatin1String("run.run")) QCOMPARE(each.context(), KeyContext::Window);
        }
    }

    void standardKeysHaveOneOwner() {
        const WindowFixture fixture;
        const ActionRegistry& registry = fixture.window->findChild<Menus*>()->registry();
        int withKeys = 0;
        for (const RegisteredAction& each : registry.all()) {
            for (const QKeySequence& keys : each.standard) {
                for (const KeyOwner& owner : ownersOf(registry, each.id, keys))
                    QFAIL(qPrintable(each.id + u' ' + keys.toString() + u' ' + owner.words));
                ++withKeys;
            }
        }
        QVERIFY(withKeys > 40);
    }

    /// Chosen once, they hold when the program starts again.
    void chosenKeysHoldInTheWindow() {
        {
            const WindowFixture fixture;
            keepKeys({{QStringLiteral("tools.preferences"), QKeySequence(QStringLiteral("Ctrl+Alt+P"))},
                      {QStringLiteral("panes.log"), QKeySequence(QStringLiteral("Ctrl+Alt+L"))}});
        }
        WindowFixture fixture;
        fixture.window->show();
        QVERIFY(QTest::qWaitForWindowActive(fixture.window.get(), 30'000));
        QTest::keyClick(fixture.window.get(), Qt::Key_P, Qt::ControlModifier | Qt::AltModifier);
        QTRY_VERIFY(fixture.window->findChild<PreferencesDialog*>() != nullptr);
        QCOMPARE(fixture.window->findChild<Pane*>(QStringLiteral("log"))->opens()->shortcut(),
                 QKeySequence(QStringLiteral("Ctrl+Alt+L")));
        keepKeys({});
    }

    void idsOfFeaturesAreTheirOwn() {
        WindowFixture fixture;
        RunSession session(fixture.document());
        ChartScheduler charts;
        const QTemporaryDir folder;
        ConnectionList connections(fixture.document(), environmentSecret,
                                   folder.filePath(QStringLiteral("connections.json")).toStdString());
        TargetList targets(folder.filePath(QStringLiteral("targets.json")).toStdString());
        ClusterSession cluster(fixture.document(), targets, environmentSecret);
        const RunConsent consent(fixture.document());
        const RecentFiles recent;
        LogBook log;
        QWidget window;
        QSet<QString> ids;
        for (const std::unique_ptr<Feature>& feature :
             makeFeatures(allFeatures(), {fixture.document(), session, charts, connections, recent, targets,
                                          cluster, consent, log, window})) {
            const QString id = QLatin1String(feature->id());
            QVERIFY2(!ids.contains(id), feature->id());
            ids << id;
            ActionRegistry own;
            feature->addActions(own);
            for (const RegisteredAction& each : own.all())
                QVERIFY2(each.id.startsWith(id + QLatin1Char('.')), qPrintable(each.id));
        }
    }
};

QTEST_MAIN(TestFeatures)
#include "test_features.moc"
