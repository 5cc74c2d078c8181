// Run, Pause and Resume are one button, which stays where it is, and which keeps the keyboard: a hand that
// goes on pressing never hits the button beside it.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "app/running/main_tool_bar.h"
#include "tests/unit/app/window_fixture.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

class TestTransport : public QObject {
    Q_OBJECT

    std::unique_ptr<WindowFixture> m_window;

    RunSession& session() const { return m_window->canvas().view().canvas().session(); }
    MainToolBar& bar() const { return *m_window->window->findChild<MainToolBar*>(); }
    QPushButton* button(const char* name) const {
        return m_window->window->findChild<QPushButton*>(QString::fromLatin1(name));
    }
    QRect place(const QWidget* widget) const {
        return {widget->mapTo(m_window->window.get(), QPoint(0, 0)), widget->size()};
    }
    /// Presses the mouse on that place of the window, on any widget.
    void press(QPoint at) const {
        QWidget* under = m_window->window->childAt(at);
        QTest::mouseClick(under, Qt::LeftButton, {}, under->mapFrom(m_window->window.get(), at));
    }
    static void pressSpace() { QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space); }

 private Q_SLOTS:
    void initTestCase() { startProgram(); }
    void init() {
        emptyHome();
        m_window = std::make_unique<WindowFixture>();
        QVERIFY(QTest::qWaitForWindowActive(m_window->window.get(), 30'000));
        PipelineDocument& document = m_window->document();
        document.startEmpty();
        const NodeId source =
            document.addNode({"generator", Json{{"columns", {"n BIGINT = i"}}, {"rate", 100}}}, {});
        const NodeId chart = document.addNode({"histogram", Json{{"value", "n"}}}, {300, 0});
        document.connectPorts({source, "out"}, {chart, "in"});
        QTRY_VERIFY(document.isValidated());
    }
    void cleanup() {
        if (m_window) {
            session().stop();
            QTRY_VERIFY(!session().isActive());
            m_window->document().startEmpty();
        }
        m_window.reset();
    }

    void onePlaceRunsPausesAndResumes() {
        const QPoint at = place(button("runButton")).center();
        QCOMPARE(button("runButton")->text(), QStringLiteral("Run"));
        press(at);
        QTRY_COMPARE(session().state(), State::Running);
        QCOMPARE(button("runButton")->text(), QStringLiteral("Pause"));
        QCOMPARE(button("runButton")->accessibleName(), QStringLiteral("Pause"));
        leavePicture(bar(), QStringLiteral("transport_running"));
        press(at);
        QTRY_COMPARE(session().state(), State::Paused);
        QCOMPARE(button("runButton")->text(), QStringLiteral("Resume"));
        press(at);
        QTRY_COMPARE(session().state(), State::Running);
    }

    void nothingOfItMoves() {
        const auto* record = m_window->window->findChild<QToolButton*>(QStringLiteral("recordButton"));
        const auto places = [&] {
            return std::vector{place(button("runButton")), place(button("stopButton")), place(record)};
        };
        const auto before = places();
        session().start();
        QTRY_COMPARE(session().state(), State::Running);
        QTest::qWait(0);
        QCOMPARE(places(), before);
        session().pause();
        QTRY_COMPARE(session().state(), State::Paused);
        QTest::qWait(0);
        QCOMPARE(places(), before);
        session().stop();
        QTRY_COMPARE(session().state(), State::Stopped);
        QTest::qWait(0);
        QCOMPARE(places(), before);
    }

    void theKeyboardStaysOnIt() {
        button("runButton")->setFocus();
        pressSpace();
        QTRY_COMPARE(session().state(), State::Running);
        QTRY_COMPARE(QApplication::focusWidget(), static_cast<QWidget*>(button("runButton")));
        pressSpace();
        QTRY_COMPARE(session().state(), State::Paused);
        QCOMPARE(QApplication::focusWidget(), static_cast<QWidget*>(button("runButton")));
        pressSpace();
        QTRY_COMPARE(session().state(), State::Running);
        // However the run ends, the keyboard comes back to it.
        m_window->action(QStringLiteral("Stop"))->trigger();
        QTRY_COMPARE(session().state(), State::Stopped);
        QTRY_COMPARE(QApplication::focusWidget(), static_cast<QWidget*>(button("runButton")));
    }

    void afterStopItIsOnThePage() {
        session().start();
        QTRY_COMPARE(session().state(), State::Running);
        button("stopButton")->setFocus();
        pressSpace();
        QTRY_COMPARE(session().state(), State::Stopped);
        // Not on Run either: a second press would start it again.
        QTRY_COMPARE(QApplication::focusWidget(), static_cast<QWidget*>(&m_window->canvas().view()));
    }

    void undoneToTheEndItIsOnThePage() {
        const auto buttons = bar().findChildren<QToolButton*>();
        const auto undo = std::find_if(buttons.begin(), buttons.end(), [](const QToolButton* each) {
            return each->accessibleName().startsWith(QLatin1String("Undo"));
        });
        QVERIFY(undo != buttons.end());
        (*undo)->setFocus();
        while ((*undo)->isEnabled()) pressSpace();
        QVERIFY(QApplication::focusWidget() != nullptr);
        QVERIFY(!bar().isAncestorOf(QApplication::focusWidget()));
    }

    void tabStillWalksTheBar() {
        button("runButton")->setFocus();
        QTest::keyClick(button("runButton"), Qt::Key_Tab);  // Stop is grey
        QVERIFY(QApplication::focusWidget() != button("runButton"));
        QVERIFY(bar().isAncestorOf(QApplication::focusWidget()));
    }
};

QTEST_MAIN(TestTransport)
#include "test_transport.moc"
