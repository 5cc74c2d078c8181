#include "widgets/document/run_consent.h"

#include "core/connect/files/system_files.h"
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

std::string keyOf(const std::string& path, const Origin& origin) {
    if (!path.empty()) return FileIdentity::of(path).path.native();
    if (!origin.example.isEmpty()) return "example:" + origin.example.toStdString();
    return ConsentStore::kUnsaved + origin.session.toStdString();
}

std::string keyOf(const RunConsent::Subject& subject) {
    return keyOf(subject.path, subject.origin);
}

/// How a whole file stands there; none: a table, or nothing is there.
std::optional<FileState> stateOf(const Touch& touch) {
    if (!touch.part.empty()) return std::nullopt;
    const Result<FileState> state = systemFiles()->state(touch.target);
    return state.ok() ? std::optional(*state) : std::nullopt;
}

/// Written by this pipeline, and by nobody else since.
bool isOurs(const Touch& touch, const ConsentRecord& record) {
    auto written = record.written.find(keyOf(touch));
    if (written == record.written.end()) written = record.written.find(wholeKeyOf(touch));
    if (written == record.written.end()) return false;
    return !written->second || written->second == stateOf(touch);
}

}  // namespace

RunOutputs::RunOutputs(ConsentStore& store, std::string pipeline, std::vector<Touch> written)
    : m_store(store), m_pipeline(std::move(pipeline)), m_written(std::move(written)) {
    if (m_written.empty()) return;
    m_store.change(m_pipeline, [this](ConsentRecord& record) {
        for (const Touch& touch : m_written) record.written[keyOf(touch)] = std::nullopt;
    });
}

void RunOutputs::settle() {
    if (m_settled.exchange(true) || m_written.empty()) return;
    m_store.change(m_pipeline, [this](ConsentRecord& record) {
        for (const Touch& touch : m_written) {
            if (isThere(touch)) {
                record.written[keyOf(touch)] = stateOf(touch);
            } else {
                record.written.erase(keyOf(touch));  // what somebody puts there later is theirs
            }
        }
    });
}

RunConsent::RunConsent(PipelineDocument& document, const QString& folder, QObject* parent)
    : QObject(parent),
      m_document(document),
      m_kept(std::make_shared<ConsentStore>(folder)),
      m_store(*m_kept) {
    connect(&document, &PipelineDocument::written, this, &RunConsent::saved);
}

RunConsent::Subject RunConsent::subject() const {
    return {m_document.path().toStdString(), m_document.origin(), !m_document.isModified()};
}

RunQuestion RunConsent::ask(const Subject& subject, const std::vector<Touch>& touches) const {
    RunQuestion question;
    // An example as it lies in the program does what we made it do.
    if (subject.path.empty() && !subject.origin.example.isEmpty() && subject.untouched) return question;
    const ConsentRecord record = m_store.read(keyOf(subject));
    const bool known = subject.origin.own || m_store.wasSaved(subject.origin.bytes.toStdString());
    question.stranger = !known && std::any_of(touches.begin(), touches.end(), [&](const Touch& touch) {
        return !record.allowed.contains(keyOf(touch));
    });
    for (const Touch& touch : touches) {
        const bool foreign = touch.kind == Touch::Kind::Writes && isThere(touch) && !isOurs(touch, record);
        if (foreign || question.stranger) question.targets.push_back({touch, foreign});
    }
    return question;
}

void RunConsent::allow(const Subject& subject, const RunQuestion& question) {
    m_store.change(keyOf(subject), [&question, &subject](ConsentRecord& record) {
        // Another file in the same place was not agreed to.
        if (question.stranger) record.allowed.insert(subject.origin.bytes.toStdString());
        for (const auto& [touch, foreign] : question.targets) {
            if (question.stranger) record.allowed.insert(keyOf(touch));
            if (foreign) record.written[keyOf(touch)] = std::nullopt;  // it may be a log that grows
        }
    });
}

std::shared_ptr<RunOutputs> RunConsent::begin(const Subject& subject, const std::vector<Touch>& touches) {
    std::vector<Touch> written;
    std::copy_if(touches.begin(), touches.end(), std::back_inserter(written),
                 [](const Touch& touch) { return touch.kind == Touch::Kind::Writes && touch.isFile(); });
    return std::make_shared<RunOutputs>(m_store, keyOf(subject), std::move(written));
}

// Following the links of a path asks its disk, which may answer late.
void RunConsent::saved(const QString& before, const Origin& origin) {
    m_document.doFileWork(tr("Saving “%1”").arg(m_document.displayName()),
                          [store = m_kept, was = before.toStdString(), origin,
                           is = m_document.path().toStdString(), now = m_document.origin()] {
                              const std::string from = keyOf(was, origin), to = keyOf(is, now);
                              const ConsentRecord record = store->read(from);
                              if (origin.own || record.allowed.contains(origin.bytes.toStdString()) ||
                                  store->wasSaved(origin.bytes.toStdString()))
                                  store->addSaved(now.bytes.toStdString());
                              if (from == to || record.written.empty()) return;
                              // It is the same pipeline under another name.
                              store->change(to, [&record](ConsentRecord& there) {
                                  there.written.insert(record.written.begin(), record.written.end());
                              });
                          });
}

}  // namespace rw::ui
