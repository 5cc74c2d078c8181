#include "widgets/sample/pipeline_sampler.h"

#include <utility>

#include "core/pipeline/diff.h"
#include "core/pipeline/subflow.h"
#include "widgets/document/consent/document_trust.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/session/run_session.h"
#include "widgets/session/sample_figures.h"

namespace rw::ui {

namespace {

constexpr CollectLimits kKeptBesideFields{kRowsBesideFields, std::size_t{32} << 20};
constexpr Millis kLongest = 5'000;

struct WholeQuestion {
    Pipeline pipeline{};
    ValidateOptions validating{};
    TrustQuestion trust{};
    std::shared_ptr<const Catalogue> catalogue{};
    SampleRequest request{};
    HeardOnceRef heard{};
};

SampledPipelineRef sampleOf(const WholeQuestion& question, const Latest::Question& asked) {
    LookRequest request{question.pipeline, *question.catalogue};
    request.validating = question.validating;
    request.trust = question.trust();
    request.kept = kKeptBesideFields;
    request.longest = kLongest;
    request.closeOpenWindows = question.request.closeOpenWindows;
    request.limits.spread = question.request.spread;
    request.isCancelled = [&asked] { return asked.isDropped(); };
    request.heard = heardSourcesOf(question.heard, request.isCancelled);
    LookResult looked = lookAtAll(request);
    auto sampled = std::make_shared<SampledPipeline>();
    sampled->nodes = countsOf(question.pipeline, looked);
    sampled->cut = looked.end == LookResult::End::TimeLimit || looked.end == LookResult::End::Failed;
    for (const LookedSource& source : looked.sources) {
        if (source.live && source.listens && source.heardAt == 0)
            sampled->silent.insert(outermost(source.node));
    }
    for (LookedPort& port : looked.outputs) sampled->ports.emplace(port.from, std::move(port));
    return sampled;
}

}  // namespace

PipelineSampler::PipelineSampler(PipelineDocument& document, const RunSession& session,
                                 SampleFigures& figures, QObject* parent)
    : QObject(parent), m_document(document), m_session(session), m_figures(figures) {
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMillis);
    connect(&m_rest, &QTimer::timeout, this, &PipelineSampler::begin);
    connect(&document, &PipelineDocument::changed, this, [this](const DocumentChange& change) {
        if (change.kind == DocumentChange::Kind::Reset) forget();  // nodes of another may have the same names
        follow();
    });
    connect(&session, &RunSession::stateChanged, this, &PipelineSampler::follow);
}

void PipelineSampler::setWanted(bool wanted) {
    m_wanted = wanted;
    follow();
}

void PipelineSampler::setRequest(SampleRequest request) {
    m_request = request;
    follow();
}

void PipelineSampler::again() {
    m_asked.reset();
    follow();
}

void PipelineSampler::forget() {
    giveWay();
    m_figures.setCurrent(std::nullopt);
}

void PipelineSampler::giveWay() {
    m_rest.stop();
    m_look.drop();
    m_asked.reset();
    m_figures.set(nullptr);
}

void PipelineSampler::follow() {
    if (!m_wanted) return forget();
    // Cards have the counts of the run. The row that is looked at is of the sample of a node, which goes on.
    if (m_session.isActive()) return giveWay();
    const QString folder = m_document.folder();
    const bool same = m_asked && m_asked->request == m_request && m_asked->folder == folder &&
                      runAlike(m_asked->pipeline, m_document.pipeline());
    if (same) return;
    m_asked = Asked{m_document.pipeline(), folder, m_request};
    m_look.drop();
    m_rest.start();
}

void PipelineSampler::begin() {
    WholeQuestion question{m_asked->pipeline,
                           m_document.validateOptions(),
                           DocumentTrust::questionOf(m_document),
                           m_document.sharedCatalogue(),
                           m_asked->request,
                           std::make_shared<HeardOnce>(m_heard ? m_heard() : HeardHere())};
    m_look.ask(
        [question = std::move(question)](const Latest::Question& asked) { return sampleOf(question, asked); },
        [this](SampledPipelineRef sampled) { m_figures.set(std::move(sampled)); });
}

}  // namespace rw::ui
