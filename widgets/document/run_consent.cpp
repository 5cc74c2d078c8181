#include "widgets/document/run_consent.h"

#include "core/pipeline/file_identity.h"

namespace rw::ui {

namespace {

std::string wholeKeyOf(const Touch& touch) {
    return fingerprint(touch.identity()).toStdString();
}

/// Who agreed to rows that are added did not agree to others that take their place.
std::string keyOf(const Touch& touch) {
    return touch.adds ? fingerprint(touch.identity() + " adds").toStdString() : wholeKeyOf(touch);
}

std::string keyOf(const RunSubject& subject) {
    if (!subject.path.empty()) return FileIdentity::of(subject.path).path.native();
    if (!subject.origin.example.isEmpty()) return "example:" + subject.origin.example.toStdString();
    return ConsentStore::kUnsaved + subject.origin.session.toStdString();
}

std::vector<std::string> keysOf(const std::vector<Touch>& written) {
    std::vector<std::string> keys;
    for (const Touch& touch : written) keys.push_back(keyOf(touch));
    return keys;
}

/// Written by this pipeline, and by nobody else since. Where rows are only added nothing is lost: that others
/// add theirs makes no difference.
bool isOurs(const Touch& touch, const std::string& state, const ConsentRecord& record) {
    for (const std::string& key : {keyOf(touch), wholeKeyOf(touch)}) {
        if (record.open.contains(key)) return true;
        const auto written = record.written.find(key);
        if (written == record.written.end()) continue;
        if (touch.adds || (!state.empty() && written->second == state)) return true;
    }
    return false;
}

}  // namespace

RunOutputs::RunOutputs(std::shared_ptr<ConsentStore> store, const std::string& pipeline,
                       std::vector<Touch> written)
    : m_store(std::move(store)),
      m_written(std::move(written)),
      m_open(m_store->begin(pipeline, keysOf(m_written))) {}

void RunOutputs::settle() {
    if (m_settled.exchange(true)) return;
    std::vector<std::optional<std::string>> states;
    for (const Touch& touch : m_written) states.push_back(outputState(touch));
    for (const std::string& pipeline : m_store->pipelinesOf(*m_open)) {
        if (m_written.empty()) break;
        m_store->change(pipeline, [&](ConsentRecord& record) {
            for (std::size_t i = 0; i < m_written.size(); ++i) {
                if (states[i]) {
                    record.written[keyOf(m_written[i])] = *states[i];
                } else {
                    record.written.erase(keyOf(m_written[i]));  // what somebody puts there later is theirs
                }
            }
        });
    }
    m_store->end(m_open);
}

RunQuestion Consents::ask(const RunSubject& subject, const std::vector<Touch>& touches) const {
    RunQuestion question;
    // An example as it lies in the program does what we made it do.
    if (subject.path.empty() && !subject.origin.example.isEmpty() && subject.untouched) return question;
    const ConsentRecord record = m_store->read(keyOf(subject));
    const bool known = subject.origin.own || m_store->wasSaved(subject.origin.bytes.toStdString());
    question.stranger = !known && std::any_of(touches.begin(), touches.end(), [&](const Touch& touch) {
        return !record.allowed.contains(keyOf(touch));
    });
    for (const Touch& touch : touches) {
        const auto state = touch.kind == Touch::Kind::Writes ? outputState(touch) : std::nullopt;
        const bool foreign = state && !isOurs(touch, *state, record);
        if (foreign || question.stranger) question.targets.push_back({touch, foreign});
    }
    return question;
}

void Consents::allow(const RunSubject& subject, const RunQuestion& question) const {
    const std::string pipeline = keyOf(subject);
    m_store->change(pipeline, [&](ConsentRecord& record) {
        // Another file in the same place was not agreed to.
        if (question.stranger) record.allowed.insert(subject.origin.bytes.toStdString());
        for (const auto& [touch, foreign] : question.targets) {
            if (question.stranger) record.allowed.insert(keyOf(touch));
            if (foreign && touch.adds) record.written.try_emplace(keyOf(touch));
        }
    });
    for (const auto& [touch, foreign] : question.targets) {
        if (foreign) m_store->agree(pipeline, keyOf(touch));  // it may be a log that grows until the run begins
    }
}

std::shared_ptr<RunOutputs> Consents::begin(const RunSubject& subject, const std::vector<Touch>& touches) const {
    std::vector<Touch> written;
    std::copy_if(touches.begin(), touches.end(), std::back_inserter(written),
                 [](const Touch& touch) { return touch.kind == Touch::Kind::Writes && touch.isFile(); });
    return std::make_shared<RunOutputs>(m_store, keyOf(subject), std::move(written));
}

void Consents::saved(const RunSubject& before, const RunSubject& now) const {
    const std::string bytes = before.origin.bytes.toStdString(), from = keyOf(before);
    if (before.origin.own || m_store->read(from).allowed.contains(bytes) || m_store->wasSaved(bytes))
        m_store->addSaved(now.origin.bytes.toStdString());
    m_store->rename(from, keyOf(now));
}

RunConsent::RunConsent(PipelineDocument& document, const QString& folder, QObject* parent)
    : QObject(parent), m_document(document), m_consents(folder) {
    connect(&document, &PipelineDocument::written, this, &RunConsent::saved);
}

RunSubject RunConsent::subject() const {
    return {m_document.path().toStdString(), m_document.origin(), !m_document.isModified()};
}

// Following the links of a path asks its disk, which may answer late.
void RunConsent::saved(const QString& before, const Origin& origin) {
    m_document.doFileWork(tr("Saving “%1”").arg(m_document.displayName()),
                          [consents = m_consents, was = RunSubject{before.toStdString(), origin},
                           now = subject()] { consents.saved(was, now); });
}

}  // namespace rw::ui
