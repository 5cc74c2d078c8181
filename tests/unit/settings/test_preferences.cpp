// Preferences are applied at once, kept, and survive a damaged file; the dialog follows them.
// test_targets_page.cpp tests its page of targets.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "widgets/clusters/targets_page.h"
#include "widgets/session/target_list.h"
#include "widgets/settings/look_page.h"
#include "widgets/settings/preferences.h"
#include "widgets/settings/preferences_dialog.h"
#include "widgets/theme/segmented_control.h"

using namespace rw::ui;

namespace {

class Listener : public QWidget {
 public:
    int languageChanges = 0;

 protected:
    void changeEvent(QEvent* event) override {
        if (event->type() == QEvent::LanguageChange) ++languageChanges;
        QWidget::changeEvent(event);
    }
};

}  // namespace

class TestPreferences : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString path() const { return m_folder.filePath(QStringLiteral("preferences.ini")); }
    std::string targetsFile() const {
        return m_folder.filePath(QStringLiteral("targets.json")).toStdString();
    }

 private Q_SLOTS:
    void init() { QFile::remove(path()); }
    void areAppliedAndKept();
    void nonsenseIsLeftOut();
    void languageReachesQtAndWidgets();
    void numbersReadRight();
    void toggles();
    void dialogChangesAndFollows();
    void tabGoesDownwards();
    void hasTwoPages();
    void wordsHaveTheirRoom();
    void looks();
};

void TestPreferences::areAppliedAndKept() {
    QSettings store(path(), QSettings::IniFormat);
    Language language;
    Theme& theme = Theme::of();
    {
        Preferences preferences(store, theme, language);
        QCOMPARE(preferences.look(), ThemeSettings{});
        preferences.setLook({ThemeMode::Light, true, true, 150});
        preferences.setLanguage(QStringLiteral("zh_CN"));
        QVERIFY(!theme.isDark());
        QCOMPARE(theme.tokens().line2, theme.tokens().text);
        QVERIFY(theme.reducedMotion());
        QCOMPARE(theme.font(TextStyle::Body).pixelSize(), 18);
        QVERIFY(language.isChinese());
    }
    store.sync();
    QSettings again(path(), QSettings::IniFormat);
    theme.apply({});
    language.set(QStringLiteral("en"));
    Preferences preferences(again, theme, language);
    QCOMPARE(preferences.look(), (ThemeSettings{ThemeMode::Light, true, true, 150}));
    QCOMPARE(preferences.language(), QStringLiteral("zh_CN"));
    language.set(QStringLiteral("en"));
}

void TestPreferences::nonsenseIsLeftOut() {
    QSettings store(path(), QSettings::IniFormat);
    store.setValue(QStringLiteral("look/theme"), QStringLiteral("plaid"));
    store.setValue(QStringLiteral("look/text_zoom"), QStringLiteral("huge"));
    store.setValue(QStringLiteral("look/high_contrast"), QStringLiteral("maybe"));
    store.setValue(QStringLiteral("language"), QStringLiteral("klingon"));
    Language language;
    Preferences preferences(store, Theme::of(), language);
    QCOMPARE(preferences.look().mode, ThemeMode::System);
    QCOMPARE(preferences.look().textZoomPercent, 100);
    QCOMPARE(language.shown(), QStringLiteral("en"));
    store.setValue(QStringLiteral("look/text_zoom"), 9000);
    Preferences clamped(store, Theme::of(), language);
    QCOMPARE(clamped.look().textZoomPercent, 200);
}

void TestPreferences::languageReachesQtAndWidgets() {
    Language language;
    Listener widget;
    widget.show();
    language.set(QString::fromLatin1(Language::kChinese));
    QTRY_VERIFY(widget.languageChanges > 0);
    // From Qt's own catalogue, which Debian has in a package of its own.
    const QString cancel = QCoreApplication::translate("QPlatformTheme", "Cancel");
    QCOMPARE(cancel, QStringLiteral("取消"));
    language.set(QString::fromLatin1(Language::kEnglish));
    QCOMPARE(QCoreApplication::translate("QPlatformTheme", "Cancel"), QStringLiteral("Cancel"));
}

void TestPreferences::numbersReadRight() {
    Language language;
    const auto nodes = [](int number) {
        return QCoreApplication::translate("rw::ui::StatusLine", "%n node(s)", nullptr, number);
    };
    language.set(QString::fromLatin1(Language::kEnglish));
    QCOMPARE(nodes(1), QStringLiteral("1 node"));
    QCOMPARE(nodes(2), QStringLiteral("2 nodes"));
    language.set(QString::fromLatin1(Language::kChinese));
    QCOMPARE(nodes(2), QStringLiteral("2 个节点"));
    language.set(QString::fromLatin1(Language::kEnglish));
    QCOMPARE(nodes(0), QStringLiteral("0 nodes"));
}

void TestPreferences::toggles() {
    QSettings store(path(), QSettings::IniFormat);
    Language language;
    Preferences preferences(store, Theme::of(), language);
    QSignalSpy spy(&preferences, &Preferences::changed);
    const bool dark = Theme::of().isDark();
    preferences.toggleDark();
    QCOMPARE(Theme::of().isDark(), !dark);
    preferences.toggleDark();
    QCOMPARE(Theme::of().isDark(), dark);
    preferences.setLanguage(QStringLiteral("en"));
    preferences.toggleLanguage();
    QCOMPARE(preferences.language(), QStringLiteral("zh_CN"));
    preferences.toggleLanguage();
    QCOMPARE(preferences.language(), QStringLiteral("en"));
    QCOMPARE(spy.size(), 5);
    preferences.setLanguage(QStringLiteral("en"));
    QCOMPARE(spy.size(), 5);
}

void TestPreferences::dialogChangesAndFollows() {
    QSettings store(path(), QSettings::IniFormat);
    Language language;
    Preferences preferences(store, Theme::of(), language);
    preferences.setLook({.mode = ThemeMode::Dark});
    TargetList targets(targetsFile());
    PreferencesDialog dialog(preferences, {new TargetsPage(targets, {})});
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog, 30'000));
    const auto controls = dialog.findChildren<SegmentedControl*>();
    QCOMPARE(controls.size(), 3);
    SegmentedControl* theme = controls[0];
    QCOMPARE(theme->currentIndex(), 1);
    for (QPushButton* button : theme->findChildren<QPushButton*>())
        if (button->text() == QLatin1String("Light")) QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(!Theme::of().isDark());
    QCOMPARE(store.value(QStringLiteral("look/theme")).toString(), QStringLiteral("light"));

    auto* contrast = dialog.findChild<LookPage*>()->findChild<QCheckBox*>();
    QTest::keyClick(contrast, Qt::Key_Space);
    QVERIFY(preferences.look().highContrast);
    preferences.setLook({.mode = ThemeMode::Dark});
    QCOMPARE(theme->currentIndex(), 1);
    QVERIFY(!contrast->isChecked());
    // Arrow keys choose among segments.
    dialog.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&dialog, 30'000));
    for (QPushButton* button : theme->findChildren<QPushButton*>())
        if (button->isChecked()) button->setFocus();
    QTest::keyClick(dialog.focusWidget(), Qt::Key_Left);
    QCOMPARE(preferences.look().mode, ThemeMode::System);
}

void TestPreferences::tabGoesDownwards() {
    QSettings store(path(), QSettings::IniFormat);
    Language language;
    Preferences preferences(store, Theme::of(), language);
    TargetList targets(targetsFile());
    PreferencesDialog dialog(preferences, {new TargetsPage(targets, {})});
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog, 30'000));
    int above = 0, places = 0;
    for (QWidget* at = dialog.nextInFocusChain(); at != &dialog; at = at->nextInFocusChain()) {
        if (!qobject_cast<QAbstractButton*>(at) || !at->isVisible()) continue;
        const int y = at->mapTo(&dialog, QPoint()).y();
        QVERIFY2(y >= above, qPrintable(at->accessibleName() + QLatin1String(at->metaObject()->className())));
        above = y;
        ++places;
    }
    QVERIFY(places > 10);
}

void TestPreferences::hasTwoPages() {
    QSettings store(path(), QSettings::IniFormat);
    Language language;
    Preferences preferences(store, Theme::of(), language);
    TargetList targets(targetsFile());
    PreferencesDialog dialog(preferences, {new TargetsPage(targets, {})});
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog, 30'000));
    auto* tabs = dialog.findChild<QTabBar*>();
    QCOMPARE(tabs->count(), 2);
    QCOMPARE(tabs->tabText(0), QStringLiteral("Look"));
    QVERIFY(dialog.findChild<SegmentedControl*>()->isVisible());
    for (const QLabel* label : dialog.findChild<LookPage*>()->findChildren<QLabel*>())
        QVERIFY2(label->text() != tabs->tabText(0), "a heading repeats the name of its tab");
    auto* list = dialog.findChild<QListWidget*>();
    QVERIFY(!list->isVisible());
    dialog.showPage(QStringLiteral("targets"));
    QCOMPARE(tabs->tabText(tabs->currentIndex()), QStringLiteral("Targets"));
    QVERIFY(list->isVisible());
    QVERIFY(!dialog.findChild<SegmentedControl*>()->isVisible());
    tabs->setCurrentIndex(0);
    QVERIFY(dialog.findChild<SegmentedControl*>()->isVisible());
}

void TestPreferences::wordsHaveTheirRoom() {
    QSettings store(path(), QSettings::IniFormat);
    Language language;
    Preferences preferences(store, Theme::of(), language);
    TargetList targets(targetsFile());
    PreferencesDialog dialog(preferences, {new TargetsPage(targets, {})});
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog, 30'000));
    const auto cut = [&dialog] {
        for (const QLabel* label : dialog.findChild<LookPage*>()->findChildren<QLabel*>()) {
            if (label->wordWrap() && label->height() < label->heightForWidth(label->width()))
                return label->text();
        }
        return QString();
    };
    for (const int percent : {200, 150, 100}) {
        preferences.setLook({.textZoomPercent = percent});
        QTRY_COMPARE(cut(), QString());
    }
}

void TestPreferences::looks() {
    QSettings store(path(), QSettings::IniFormat);
    Language language;
    Preferences preferences(store, Theme::of(), language);
    for (const auto& [mode, name] : {std::pair{ThemeMode::Dark, "dark"}, {ThemeMode::Light, "light"}}) {
        preferences.setLook({.mode = mode});
        TargetList targets(targetsFile());
        PreferencesDialog dialog(preferences, {new TargetsPage(targets, {})});
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog, 30'000));
        const QPixmap picture = dialog.grab();
        QCOMPARE(picture.toImage().pixelColor(4, 4), Theme::of().tokens().panel);
        const QString folder = qEnvironmentVariable("RILLWRIGHT_SCREENSHOTS");
        if (folder.isEmpty()) continue;
        QVERIFY(QDir().mkpath(folder));
        QVERIFY(picture.save(QStringLiteral("%1/preferences-%2.png").arg(folder, QLatin1String(name))));
    }
}

QTEST_MAIN(TestPreferences)
#include "test_preferences.moc"
