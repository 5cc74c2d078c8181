// The title at the head of the inspector: of a long one the beginning is seen, and the tooltip has all of it.
#include <QLineEdit>
#include <QTabBar>
#include <QtTest>

#include "core/nodes/catalogue.h"
#include "widgets/inspector/inspector.h"
#include "widgets/session/run_session.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

using namespace rw;
using namespace rw::ui;

class TestNodeTitle : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    void aLongOneIsSeenFromItsBeginning() {
        const Catalogue catalogue = builtin();
        PipelineDocument document(catalogue);
        RunSession session(document);
        Inspector inspector(document, session);
        inspector.resize(300, 500);
        const NodeId node = document.addNode({"table_view"}, {});
        const QString title = QStringLiteral("Sales of all the shops of the company in Central America");
        document.setTitle(node, title);
        document.selection().set({node});
        inspector.show();
        QVERIFY(QTest::qWaitForWindowActive(&inspector, 30'000));
        auto* field = inspector.findChild<QLineEdit*>(QStringLiteral("nodeTitle"));
        QCOMPARE(field->toolTip(), tipText(title));
        field->setFocus();
        QTest::keyClick(field, Qt::Key_End);
        QTest::keyClicks(field, QStringLiteral(" and the Caribbean"));
        inspector.findChild<QTabBar*>()->setFocus();
        QCOMPARE(field->cursorPosition(), 0);
        const QString longer = title + QStringLiteral(" and the Caribbean");
        QCOMPARE(field->text(), longer);
        QCOMPARE(field->toolTip(), tipText(longer));
        // Looked at to its end, but not edited.
        field->setFocus();
        QTest::keyClick(field, Qt::Key_End);
        QCOMPARE(field->cursorPosition(), static_cast<int>(longer.size()));
        inspector.findChild<QTabBar*>()->setFocus();
        QCOMPARE(field->cursorPosition(), 0);
    }
};

QTEST_MAIN(TestNodeTitle)
#include "test_node_title.moc"
