#include "widgets/document/consent/run_consent.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>

#include "core/pipeline/file_identity.h"
#include "widgets/background/worker.h"
#include "widgets/document/consent/document_trust.h"

namespace rw::ui {

namespace {

constexpr int kPatienceMillis = 2'000;  ///< then the worst is a question that is asked once more

/// Records of saved pipelines, for their new bytes and names: in the order in which they were saved, on a
/// thread of its own, for following the links of a path asks its disk, which may answer late. Requests for
/// consent wait for it. There is one for the program.
class Keeping {
 public:
    void start(std::function<void()> work) {
        const std::lock_guard lock(m_mutex);
        ++m_open;
        m_worker.start([this, work = std::move(work)] {
            work();
            const std::lock_guard done(m_mutex);
            --m_open;
            m_ended.notify_all();
        });
    }
    void waitFor(int millis) {
        std::unique_lock lock(m_mutex);
        m_ended.wait_for(lock, std::chrono::milliseconds(millis), [this] { return m_open == 0; });
    }

 private:
    std::mutex m_mutex{};
    std::condition_variable m_ended{};
    int m_open = 0;
    Worker m_worker{};
};

/// Never goes: a disk may hold its thread beyond the end of the program.
Keeping& keeping() {
    static auto* const all = new Keeping;
    return *all;
}

std::string wholeKeyOf(const Access& access) {
    return fingerprint(access.identity()).toStdString();
}

/// A consent to adding rows is none to replacing others.
std::string keyOf(const Access& access) {
    return access.adds ? fingerprint(access.identity() + " adds").toStdString() : wholeKeyOf(access);
}

std::string keyOf(const RunSubject& subject) {
    if (!subject.path.empty()) return FileIdentity::of(subject.path).path.native();
    if (!subject.origin.example.isEmpty()) return "example:" + subject.origin.example.toStdString();
    return ConsentStore::kUnsaved + subject.origin.session.toStdString();
}

std::vector<std::string> keysOf(const std::vector<Access>& written) {
    std::vector<std::string> keys;
    for (const Access& access : written) keys.push_back(keyOf(access));
    return keys;
}

std::vector<std::optional<std::string>> statesOf(const std::vector<Access>& written) {
    std::vector<std::optional<std::string>> states;
    for (const Access& access : written) states.push_back(outputState(access));
    return states;
}

/// Written by this pipeline, and not changed by others since, or agreed to in this state. Where rows are only
/// added nothing is lost: rows that others add make no difference.
bool mayWrite(const Access& access, const std::string& state, const ConsentRecord& record,
              const std::string& content) {
    for (const std::string& key : {keyOf(access), wholeKeyOf(access)}) {
        if (record.open.contains(key)) return true;
        const auto agreed = record.agreed.find(key);
        if (agreed != record.agreed.end() && agreed->second.content == content &&
            (access.adds || (!state.empty() && agreed->second.state == state)))
            return true;
        const auto written = record.written.find(key);
        if (written == record.written.end()) continue;
        if (access.adds || (!state.empty() && written->second == state)) return true;
    }
    return false;
}

bool isAmong(const Access& access, const ConsentRequest& agreed) {
    return std::any_of(agreed.targets.begin(), agreed.targets.end(),
                       [&](const ConsentRequest::Target& target) {
                           return target.foreign && keyOf(target.access) == keyOf(access);
                       });
}

}  // namespace

RunOutputs::RunOutputs(std::shared_ptr<ConsentStore> store, const std::string& pipeline,
                       std::vector<Access> written)
    : m_store(std::move(store)),
      m_written(std::move(written)),
      m_before(statesOf(m_written)),
      m_open(m_store->begin(pipeline, keysOf(m_written))) {}

void RunOutputs::settle(const OutputsWritten& written) {
    if (m_settled.exchange(true)) return;
    const std::vector<std::optional<std::string>> states = statesOf(m_written);
    std::map<std::string, std::string> ours;
    std::vector<std::string> gone;  // a file that is put there later belongs to others
    std::set<std::string> done;
    for (std::size_t i = 0; i < m_written.size(); ++i) {
        const Access& access = m_written[i];
        const bool wrote = written.committed.contains(access.node) ||
                           ((written.inPlace || access.keeps) && states[i] != m_before[i]);
        if (wrote) done.insert(keyOf(access));
        if (!states[i]) gone.push_back(keyOf(access));
        if (wrote && states[i]) ours[keyOf(access)] = *states[i];
    }
    for (const std::string& pipeline : m_store->pipelinesOf(*m_open)) {
        if (ours.empty() && gone.empty()) break;
        m_store->change(pipeline, [&](ConsentRecord& record) {
            for (const auto& [key, state] : ours) record.written[key] = state;
            for (const std::string& key : gone) record.written.erase(key);
        });
    }
    m_store->end(m_open, done);
}

ConsentRequest Consents::requestFor(const RunSubject& subject, const std::vector<Access>& accesses,
                                    const ConsentRequest& agreed) const {
    keeping().waitFor(kPatienceMillis);
    ConsentRequest request;
    // The author of a subflow's file decides its effects, whoever owns the pipeline around it.
    const bool partsKnown =
        std::all_of(subject.parts.begin(), subject.parts.end(), [this](const std::string& bytes) {
            return m_store->wasSaved(bytes) || isExampleData(QByteArray::fromStdString(bytes));
        });
    // An example in the program is our own work.
    const bool example = subject.path.empty() && !subject.origin.example.isEmpty();
    if (example && subject.untouched && partsKnown) return request;
    const ConsentRecord record = m_store->read(keyOf(subject));
    const bool known =
        partsKnown && (subject.origin.own || m_store->wasSaved(subject.origin.bytes.toStdString()));
    request.untrusted = !known && std::any_of(accesses.begin(), accesses.end(), [&](const Access& access) {
        return !record.allowed.contains(keyOf(access));
    });
    for (const Access& access : accesses) {
        const auto state = access.kind == Access::Kind::Writes ? outputState(access) : std::nullopt;
        bool foreign = state && !mayWrite(access, *state, record, subject.content);
        if (foreign && isAmong(access, agreed)) {
            m_store->approve(keyOf(subject), keyOf(access), {subject.content, *state});
            foreign = false;
        }
        if (foreign || request.untrusted) request.targets.push_back({access, foreign});
    }
    return request;
}

void Consents::allow(const RunSubject& subject, const ConsentRequest& request) const {
    if (!request.untrusted) return;
    keeping().waitFor(kPatienceMillis);
    m_store->change(keyOf(subject), [&](ConsentRecord& record) {
        // Another file in the same place was not agreed to, and of this one not its outputs.
        if (!request.onlyCharts) record.allowed.insert(subject.origin.bytes.toStdString());
        for (const ConsentRequest::Target& target : request.targets)
            record.allowed.insert(keyOf(target.access));
    });
}

void Consents::withdraw(const RunSubject& subject, const std::vector<Access>& accesses) const {
    m_store->withdraw(keyOf(subject), keysOf(accesses));
}

std::shared_ptr<RunOutputs> Consents::begin(const RunSubject& subject,
                                            const std::vector<Access>& accesses) const {
    keeping().waitFor(kPatienceMillis);
    std::vector<Access> written;
    std::copy_if(accesses.begin(), accesses.end(), std::back_inserter(written),
                 [](const Access& access) { return access.kind == Access::Kind::Writes && access.isFile(); });
    return std::make_shared<RunOutputs>(m_store, keyOf(subject), std::move(written));
}

void Consents::saved(const RunSubject& before, const RunSubject& now) const {
    keeping().start([store = m_store, before, now] {
        const std::string bytes = before.origin.bytes.toStdString(), from = keyOf(before);
        if (before.origin.own || store->read(from).allowed.contains(bytes) || store->wasSaved(bytes))
            store->addSaved(now.origin.bytes.toStdString());
        store->rename(from, keyOf(now));
    });
}

RunConsent::RunConsent(PipelineDocument& document, const QString& folder, QObject* parent)
    : QObject(parent), m_document(document), m_consents(folder) {
    new DocumentTrust(&document, m_consents, [&document] {
        return RunSubject{document.path().toStdString(), document.origin(), !document.isModified()};
    });
    connect(&document, &PipelineDocument::written, this, &RunConsent::saved);
    connect(this, &QObject::destroyed, [] { keeping().waitFor(kPatienceMillis); });
}

RunSubject RunConsent::subject() const {
    return {m_document.path().toStdString(), m_document.origin(), !m_document.isModified()};
}

// The document is still telling that it was saved: this must not wait, for a loop that serves other events
// would let them see it half told.
void RunConsent::saved(const WrittenFile& file) {
    m_consents.saved(RunSubject{file.pathBefore.toStdString(), file.originBefore}, subject());
}

}  // namespace rw::ui
