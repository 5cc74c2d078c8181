// The program as far as consent goes: a document, its runs, and a user's answers.
#pragma once
#include <QTest>
#include <vector>

#include "core/nodes/catalogue.h"
#include "widgets/document/consent/run_consent.h"
#include "widgets/session/run_session.h"

namespace rw::ui {

/// Any question gets the answer that was set.
struct Program {
    explicit Program(const QString& data) : document(kinds), consent(document, data), session(document) {
        session.setConsent(&consent);
        QObject::connect(&session, &RunSession::consentRequested, [this](const ConsentRequest& request) {
            asked.push_back(request);
            agrees ? session.proceed() : session.decline();
        });
    }
    /// Runs to the end; gives the questions that came up.
    std::vector<ConsentRequest> run() {
        asked.clear();
        session.start();
        if (!QTest::qWaitFor([this] { return !session.isActive(); }, 20'000)) qFatal("it runs for ever");
        return asked;
    }
    /// Nothing was asked, and it came to its end: one that could not begin asks nothing either.
    bool runsUnasked() { return run().empty() && session.state() == RunSession::State::Finished; }
    void build(const QString& path) {
        const NodeId source =
            document.addNode({"generator", Json{{"columns", {"n BIGINT = i"}}, {"rows", 3}}}, {});
        out = document.addNode({"csv_sink", Json{{"path", path.toStdString()}}}, {});
        document.connectPorts({source, "out"}, {out, "in"});
    }

    const Catalogue kinds = builtin();
    PipelineDocument document;
    RunConsent consent;
    RunSession session;
    NodeId out;
    bool agrees = true;
    std::vector<ConsentRequest> asked;
};

}  // namespace rw::ui
