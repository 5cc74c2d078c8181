// Ctrl+Enter applies an edit to the run: by itself where nothing is lost, and where something is, it opens
// the receipt first and applies when it is pressed again.
#include <QtWidgets/QtWidgets>

#include "app/running/change_actions.h"
#include "tests/support/patience.h"
#include "tests/unit/checkpoints/checkpointed_program.h"
#include "widgets/pane/action_registry.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

namespace {

struct KeyedProgram : CheckpointedProgram {
    QWidget window{};
    ActionRegistry registry{};
    ChangeActions actions{document, session, &window};

    KeyedProgram() {
        actions.addActions(registry);
        window.addAction(apply());
        window.resize(200, 100);
        window.show();
        window.activateWindow();
    }
    QAction* apply() const { return registry.find(QStringLiteral("run.apply")); }
    bool begin() {
        if (!save()) return false;
        session.start();
        return QTest::qWaitFor([this] { return session.state() == State::Running; }, 20'000) &&
               awaitTaken(2) && QTest::qWaitForWindowActive(&window, 30'000);
    }
    bool edit(const NodeId& node, const char* param, const Json& value) {
        document.setParam(node, param, value);
        return validated() && QTest::qWaitFor([this] { return apply()->isEnabled(); }, 20'000);
    }
    bool runsWith(int rate) {
        return QTest::qWaitFor(
            [&] {
                const Node* node = session.runningPipeline().find(source);
                return session.state() == State::Running && node != nullptr &&
                       node->params.value("rate", 0) == rate;
            },
            20'000);
    }
};

}  // namespace

class TestApplyKey : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void nothingToLoseIsAppliedAtOnce_data() {
        QTest::addColumn<int>("key");
        QTest::newRow("Return") << static_cast<int>(Qt::Key_Return);
        QTest::newRow("Enter") << static_cast<int>(Qt::Key_Enter);
    }
    void nothingToLoseIsAppliedAtOnce() {
        QFETCH(int, key);
        KeyedProgram program;
        QVERIFY(program.begin());
        QVERIFY(!program.apply()->isEnabled());
        QVERIFY(program.edit(program.source, "rate", 3000));
        QTest::keyClick(&program.window, static_cast<Qt::Key>(key), Qt::ControlModifier);
        QVERIFY(program.runsWith(3000));
        QVERIFY(program.session.receipt() == nullptr && program.session.resumedFrom());
    }

    void whatIsLostIsShownFirst() {
        KeyedProgram program;
        QVERIFY(program.begin());
        QVERIFY(program.edit(program.counted, "state_ttl", "1h"));
        QTest::keyClick(&program.window, Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(program.session.receipt() != nullptr);
        QVERIFY(!program.session.resumedFrom());
        QTRY_VERIFY(program.apply()->isEnabled());
        QTest::keyClick(&program.window, Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY(program.session.resumedFrom() && program.session.state() == State::Running);
        QVERIFY(program.session.receipt() == nullptr && !program.session.hasUnappliedChanges());
    }
};

QTEST_MAIN(TestApplyKey)
#include "test_apply_key.moc"
