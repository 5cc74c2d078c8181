// The entry “Publish to Superset…”: possible with nodes, and only for a pipeline without errors.
#include "widgets/publish/publish_feature.h"

#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "core/nodes/catalogue.h"
#include "tests/support/patience.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/publish/publish_dialog.h"
#include "widgets/session/run_session.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

class TestPublishFeature : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void anEmptyPipelineHasNothingToPublish() {
        const Catalogue catalogue = builtin();
        PipelineDocument document(catalogue);
        RunSession session(document);
        QWidget window;
        const PublishAction action(document, session, window);
        QVERIFY(!action.isEnabled());
        document.addNode({"table_view", Json::object(), {}}, {});
        QVERIFY(action.isEnabled());
    }

    void errorsAreShownInsteadOfTheDialog() {
        const Catalogue catalogue = builtin();
        PipelineDocument document(catalogue);
        RunSession session(document);
        QWidget window;
        PublishAction action(document, session, window);
        document.addNode({"table_view", Json::object(), {}}, {});
        QSignalSpy refused(&session, &RunSession::refused);
        action.trigger();  // waits for the check of the new node
        QTRY_COMPARE(refused.size(), 1);
        QVERIFY(window.findChild<PublishDialog*>() == nullptr);
    }

    /// Which takes the keyboard from the window.
    void theHelpIsAskedForOverTheDialog() {
        const Catalogue catalogue = builtin();
        PipelineDocument document(catalogue);
        RunSession session(document);
        QWidget window;
        PublishAction action(document, session, window);
        const NodeId source =
            document.addNode({"generator", Json{{"columns", {"n BIGINT = i"}}, {"rows", 3}}}, {});
        document.connectPorts({source, "out"}, {document.addNode({"table_view"}, {}), "in"});
        QTRY_VERIFY(document.isValidated());
        QSignalSpy asked(&action, &PublishAction::helpRequested);
        action.trigger();
        auto* const dialog = window.findChild<PublishDialog*>();
        QVERIFY(dialog != nullptr);
        dialog->findChild<IconButton*>(QStringLiteral("help"))->click();
        QCOMPARE(asked.size(), 1);
        QVERIFY(asked[0][0].value<QWidget*>() == dialog);
    }
};

QTEST_MAIN(TestPublishFeature)
#include "test_publish_feature.moc"
