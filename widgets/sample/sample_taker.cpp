#include "widgets/sample/sample_taker.h"

#include <algorithm>
#include <utility>

#include "core/look/look_profile.h"
#include "core/pipeline/diff.h"
#include "widgets/document/pipeline_document.h"

namespace rw::ui {

namespace {

SampledPipelineRef besideFieldsOf(const std::vector<LookedPort>& inputs) {
    auto first = std::make_shared<SampledPipeline>();
    for (const LookedPort& input : inputs) {
        LookedPort port = input;
        port.rows = 0;
        port.batches.clear();
        for (const Batch& batch : input.batches) {
            if (port.rows == kRowsBesideFields) break;
            const std::size_t rows = std::min(batch.rows, kRowsBesideFields - port.rows);
            port.batches.push_back(rows == batch.rows ? batch : batch.slice(0, rows));
            port.rows += rows;
        }
        first->ports.emplace(port.from, std::move(port));
    }
    return first;
}

SampleRef answer(const std::shared_ptr<const SampleQuestion>& question, const Latest::Question& asked) {
    auto sample = std::make_shared<Sample>();
    sample->node = question->node;
    sample->question = question;
    sample->look = look(requestOf(*question, asked));
    if (asked.isDropped()) return sample;
    sample->matches = matchRows(sample->look);
    for (std::size_t input = 0; input < sample->look.inputs.size(); ++input)
        sample->inputs.push_back(profileOfInput(sample->look, sample->matches, input));
    sample->besideFields = besideFieldsOf(sample->look.inputs);
    for (const LookedPort& output : sample->look.outputs) sample->outputs.push_back(profileOf(output));
    return sample;
}

}  // namespace

LookRequest requestOf(const SampleQuestion& question, const Latest::Question& asked) {
    LookRequest request{question.pipeline, *question.catalogue};
    request.validating = question.validating;
    request.trust = question.trust();
    request.node = question.node;
    request.closeOpenWindows = question.request.closeOpenWindows;
    request.limits.spread = question.request.spread;
    request.isCancelled = [&asked] { return asked.isDropped(); };
    request.heard = heardSourcesOf(question.heard, request.isCancelled);
    return request;
}

SampleTaker::SampleTaker(PipelineDocument& document, QObject* parent)
    : QObject(parent), m_document(document) {
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMillis);
    connect(&m_rest, &QTimer::timeout, this, &SampleTaker::begin);
}

void SampleTaker::take(const NodeId& node, SampleRequest request) {
    const QString folder = m_document.folder();
    const bool same = m_asked && m_asked->node == node && m_asked->request == request &&
                      m_asked->folder == folder && runAlike(m_asked->pipeline, m_document.pipeline());
    if (same) return;
    if (m_sample && m_sample->node != node) m_sample = nullptr;
    m_asked = Asked{node, request, m_document.pipeline(), folder};
    m_look.drop();
    m_rest.start();
    Q_EMIT changed();
}

void SampleTaker::takeAgain() {
    if (!m_asked) return;
    const Asked before = *std::exchange(m_asked, std::nullopt);
    take(before.node, before.request);
}

void SampleTaker::drop() {
    if (!isWaiting()) return;
    m_rest.stop();
    m_look.drop();
    m_asked.reset();
    Q_EMIT changed();
}

void SampleTaker::expire() {
    drop();
    m_asked.reset();
}

void SampleTaker::begin() {
    const auto question = std::make_shared<const SampleQuestion>(
        SampleQuestion{m_asked->pipeline, m_document.validateOptions(), DocumentTrust::questionOf(m_document),
                       m_document.sharedCatalogue(), m_asked->node, m_asked->request,
                       std::make_shared<HeardOnce>(m_heard ? m_heard() : HeardHere())});
    m_look.ask([question](const Latest::Question& asked) { return answer(question, asked); },
               [this](SampleRef sample) {
                   m_sample = std::move(sample);
                   // The answer is being taken: nothing is waited for any more.
                   QMetaObject::invokeMethod(this, &SampleTaker::changed, Qt::QueuedConnection);
               });
}

}  // namespace rw::ui
