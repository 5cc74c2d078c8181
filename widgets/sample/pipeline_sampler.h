// Samples the whole pipeline in the background, again after each edit, while that is wanted and nothing runs.
#pragma once
#include <QObject>
#include <QTimer>
#include <optional>

#include "core/pipeline/pipeline.h"
#include "widgets/background/latest.h"
#include "widgets/sample/sample_taker.h"

namespace rw::ui {

class PipelineDocument;
class RunSession;
class SampleFigures;

class PipelineSampler : public QObject {
    Q_OBJECT
 public:
    static constexpr int kRestMillis = 200;  ///< after an edit, which may be followed by others

    /// All of them outlive it. What it finds it sets in `figures`.
    PipelineSampler(PipelineDocument& document, const RunSession& session, SampleFigures& figures,
                    QObject* parent = nullptr);

    /// Whether samples are wanted; when they are not, or something runs, there are no figures.
    void setWanted(bool wanted);
    /// As the sample of a node.
    void setRequest(SampleRequest request);
    /// As SampleTaker::setHeard().
    void setHeard(std::function<HeardHere()> heard) { m_heard = std::move(heard); }
    /// The same again, though nothing was edited: files may have changed.
    void again();
    bool isWaiting() const { return m_rest.isActive() || m_look.isWaiting(); }

 private:
    struct Asked {
        Pipeline pipeline{};
        QString folder{};
        SampleRequest request{};
    };
    void follow();
    void begin();
    void forget();
    /// To a run: there is no sample of the whole, and none under way.
    void giveWay();

    PipelineDocument& m_document;
    const RunSession& m_session;
    SampleFigures& m_figures;
    std::function<HeardHere()> m_heard{};
    bool m_wanted = false;
    SampleRequest m_request{};
    std::optional<Asked> m_asked{};  ///< none: nothing was, or the answer does not count any more
    QTimer m_rest{};
    Latest m_look{this};
};

}  // namespace rw::ui
