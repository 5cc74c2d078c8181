// A document with a pipeline of made rows, and a session to run it, for tests of panels.
#pragma once
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "widgets/charts/chart_scheduler.h"
#include "widgets/pane/pane.h"
#include "widgets/session/run_session.h"

namespace rw::ui {

inline NodeTemplate nodeOf(const char* type, const QString& title, Json params) {
    return {type, std::move(params), title};
}

struct SessionFixture {
    Catalogue catalogue = builtin();
    PipelineDocument document{catalogue};
    RunSession session{document};
    ChartScheduler charts{};
    const PaneParts parts{document, session, charts};

    /// Waits until issues() are those of the document as it is now.
    bool validated() {
        return QTest::qWaitFor([this] { return document.isValidated(); }, 30'000);
    }
    bool runToTheEnd() {
        session.start();
        return QTest::qWaitFor([this] { return session.state() == RunSession::State::Finished; }, 30'000);
    }
};

/// Writes a picture of the widget into the folder that RILLWRIGHT_SCREENSHOTS names, if it does.
inline void keepPicture(QWidget& widget, const QString& name) {
    const QString folder = qEnvironmentVariable("RILLWRIGHT_SCREENSHOTS");
    if (folder.isEmpty()) return;
    QVERIFY(QDir().mkpath(folder));
    QVERIFY(widget.grab().save(folder + u'/' + name + QStringLiteral(".png")));
}

}  // namespace rw::ui
