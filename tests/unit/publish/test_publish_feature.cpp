// The entry “Publish to Superset…”: possible with nodes, and only for a pipeline without errors.
#include "widgets/publish/publish_feature.h"

#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "core/nodes/catalogue.h"
#include "tests/support/patience.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/running/run_session.h"
#include "widgets/publish/publish_dialog.h"

using namespace rw;
using namespace rw::ui;

class TestPublishFeature : public QObject {
    Q_OBJECT

 private Q_SLOTS:
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
};

QTEST_MAIN(TestPublishFeature)
#include "test_publish_feature.moc"
