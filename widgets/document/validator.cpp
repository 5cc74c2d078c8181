#include "widgets/document/validator.h"

#include <algorithm>
#include <filesystem>
#include <mutex>
#include <utility>

#include "core/pipeline/used_paths.h"
#include "widgets/background/background.h"
#include "widgets/document/consent/document_trust.h"

namespace rw::ui {

namespace {

Issue doesNotAnswer(const NamedPath& named) {
    Issue issue;
    issue.node = named.node;
    issue.param = named.param;
    issue.message = RW_TEXT("document", "“%1” does not answer.").with(named.path);
    issue.fix =
        RW_TEXT("document",
                "Look whether its disk or network is there, or choose another file. It is looked at again "
                "as soon as it answers.");
    return issue;
}

/// Of the document that the validator belongs to, if it does.
TrustQuestion trustQuestionOf(const QObject* document) {
    if (document == nullptr) return [] { return Trust(); };
    return DocumentTrust::questionOf(*document);
}

bool isThere(const std::string& path) {
    std::error_code ignored;
    return std::filesystem::exists(path, ignored);
}

}  // namespace

struct Validator::Memory {
    std::mutex mutex{};
    LastSummaries summaries{};
    quint64 newest = 0;

    LastSummaries::Summaries learn(quint64 number, const Pipeline& pipeline, const Validated& result) {
        const std::lock_guard lock(mutex);
        if (number < newest) return {};
        newest = number;
        return summaries.learn(pipeline, result);
    }
};

Validator::Validator(std::shared_ptr<const Catalogue> catalogue, QObject* parent)
    : QObject(parent), m_catalogue(std::move(catalogue)), m_memory(std::make_shared<Memory>()) {
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatience);
    m_answers.setSingleShot(true);
    m_answers.setInterval(kAnswerMillis);
    connect(&m_patience, &QTimer::timeout, this, &Validator::probePaths);
    connect(&m_answers, &QTimer::timeout, this, &Validator::passBy);
}

Validator::~Validator() {
    (void)m_worker.wait(kPatience);
}

void Validator::request(quint64 version, Pipeline pipeline, ValidateOptions options) {
    m_next = std::make_shared<const Question>(Question{version, std::move(pipeline), std::move(options)});
    if (!m_busy) start(std::exchange(m_next, nullptr));
}

// Files are left alone as long as one of them does not answer: looking for it would hold this thread up, too.
void Validator::start(QuestionRef question) {
    m_busy = true;
    m_current = std::move(question);
    m_rounds = 0;
    m_patience.start();
    m_worker.start([this, home = MainThreadReceiver(this), number = ++m_number, question = m_current,
                    silentOnes = m_silent, files = m_held == 0, catalogue = m_catalogue, memory = m_memory,
                    ask = trustQuestionOf(parent())] {
        std::vector<NamedPath> silent;
        if (!silentOnes.empty()) silent = namedPaths(question->pipeline, *catalogue, question->options);
        std::erase_if(silent, [&](const NamedPath& named) { return !silentOnes.contains(named.path); });
        ValidateOptions options = question->options;
        options.files = options.files && files && silent.empty();
        const Trust trust = options.files ? ask() : Trust();
        auto result = std::make_shared<Validated>(validate(question->pipeline, *catalogue, options, trust));
        for (const NamedPath& named : silent) result->issues.push_back(doesNotAnswer(named));
        LastSummaries::Summaries summaries = memory->learn(number, question->pipeline, *result);
        home.send([this, number, result = std::move(result), last = std::move(summaries)] {
            finish(number, result, last);
        });
    });
}

void Validator::finish(quint64 number, const std::shared_ptr<const Validated>& result,
                       const LastSummaries::Summaries& summaries) {
    if (number == m_held) {
        // Questions meanwhile were answered without its files.
        const bool same = std::exchange(m_heldQuestion, nullptr) == m_current;
        forgetHeld();
        if (m_busy) {
            if (!m_next) m_next = m_current;
        } else if (same) {
            Q_EMIT done(m_current->version, result, summaries);
        } else {
            start(m_current);
        }
        return;
    }
    if (number != m_number) return;
    m_busy = false;
    m_patience.stop();
    m_answers.stop();
    Q_EMIT done(m_current->version, result, summaries);
    if (m_next && !m_busy) start(std::exchange(m_next, nullptr));
}

// It takes long: because a path does not answer, or because there is much to do.
void Validator::probePaths() {
    const std::vector<NamedPath> named = namedPaths(m_current->pipeline, *m_catalogue, m_current->options);
    for (std::size_t i = 0; i < std::min<std::size_t>(named.size(), kMostAsked); ++i) {
        const std::string& path = named[(m_from + i) % named.size()].path;
        if (!m_asked.insert(path).second) continue;
        const auto look = [path, ask = trustQuestionOf(parent()), folder = m_current->options.folder] {
            return ask().reachFrom(folder).allows(path) && isThere(path);
        };
        runInBackground(this, look, [this, path](bool) { answered(path); });
    }
    m_from += kMostAsked;
    m_answers.start();
}

// Answers without its files are to be given again.
void Validator::answered(const std::string& path) {
    m_asked.erase(path);
    if (m_silent.erase(path) == 0) return;
    if (!m_busy) {
        start(m_current);
    } else if (!m_next) {
        m_next = m_current;
    }
}

void Validator::forgetHeld() {
    m_held = 0;
    m_heldQuestion = nullptr;
}

void Validator::passBy() {
    m_silent = m_asked;
    const std::vector<NamedPath> named = namedPaths(m_current->pipeline, *m_catalogue, m_current->options);
    const bool nodeWaits = std::any_of(
        named.begin(), named.end(), [this](const NamedPath& path) { return m_silent.contains(path.path); });
    if (!nodeWaits) {
        if (++m_rounds < kRounds) return m_patience.start();
        // Files that no node names, as links in a folder that is read may lead to.
        m_held = m_number;
        m_heldQuestion = m_current;
    }
    m_worker.abandon();
    start(m_next ? std::exchange(m_next, nullptr) : m_current);
}

}  // namespace rw::ui
