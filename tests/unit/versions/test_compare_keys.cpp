// The keys of Compare versions: one opens it, others go from change to change.
#include "tests/unit/versions/compare_fixture.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

class TestCompareKeys : public QObject {
    Q_OBJECT

    static QAction* actionOf(const ComparePage& page, const char* keys) {
        for (const Pane::Entry& entry : page.entries()) {
            if (entry.action->shortcut() == QKeySequence(QLatin1String(keys))) return entry.action;
        }
        return nullptr;
    }

 private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        new Theme(*qApp, ThemeSettings{ThemeMode::Dark});
    }
    void init() {
        m_data = std::make_unique<QTemporaryDir>();
        qputenv("XDG_DATA_HOME", m_data->path().toUtf8());
    }

    void theyGoFromChangeToChange() {
        CompareFixture fixture;
        fixture.build();
        fixture.document.setParam(fixture.filter, "condition", "n > 2");
        fixture.document.setParam(fixture.sums, "size", "30s");
        fixture.open();
        QCOMPARE(fixture.titles().size(), 2);
        // In the window they stand in a menu.
        for (const char* keys : {"F7", "Shift+F7"}) {
            QAction* const action = actionOf(fixture.page, keys);
            QVERIFY2(action != nullptr, keys);
            QTRY_VERIFY(action->isEnabled());
            fixture.page.addAction(action);
        }
        fixture.page.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&fixture.page, 30'000));
        const auto press = [&](Qt::KeyboardModifiers with) {
            QTest::keyClick(&fixture.page, Qt::Key_F7, with);
            return fixture.page.changes().current();
        };
        QCOMPARE(press(Qt::NoModifier), 0);
        QCOMPARE(press(Qt::NoModifier), 1);
        QCOMPARE(press(Qt::ShiftModifier), 0);
        QCOMPARE(press(Qt::ShiftModifier), 1);  // around
    }

    void aKeyOpensIt() {
        CompareFixture fixture;
        fixture.build();
        QAction* const open = actionOf(fixture.page, "Ctrl+Shift+D");
        QVERIFY(open != nullptr);
        QSignalSpy asked(&fixture.page, &Pane::openRequested);
        open->trigger();
        QCOMPARE(asked.size(), 1);
    }

 private:
    std::unique_ptr<QTemporaryDir> m_data{};
};

QTEST_MAIN(TestCompareKeys)
#include "test_compare_keys.moc"
