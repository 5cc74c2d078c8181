#include "widgets/session/silence_store.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "core/base/own_folders.h"
#include "core/base/whole_file.h"
#include "core/pipeline/pipeline.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/session/alert_feed.h"

namespace rw::ui {

namespace {

constexpr std::size_t kMostKept = std::size_t{16} << 20;
constexpr int kFarewellMillis = 600;

Json writtenSilence(const AlertBoard::Silence& silence) {
    Json key = Json::array();
    for (const AlertKeyPart& part : silence.key) key.push_back(Json::array({part.column, part.value}));
    Json written{{"node", silence.node}, {"key", std::move(key)}};
    // For ever it is without an end.
    if (silence.until != kMaxTimestamp) written["until"] = silence.until;
    return written;
}

/// False: it is none.
bool readSilence(const Json& written, AlertBoard::Silence& silence) {
    if (!written.is_object() || !written.contains("node") || !written["node"].is_string()) return false;
    silence.node = written["node"].get<std::string>();
    silence.until = kMaxTimestamp;
    if (const auto until = written.find("until"); until != written.end()) {
        if (!until->is_number_integer()) return false;
        silence.until = until->get<Instant>();
    }
    const auto key = written.find("key");
    if (key == written.end() || !key->is_array()) return false;
    for (const Json& part : *key) {
        if (!part.is_array() || part.size() != 2 || !part[0].is_string() || !part[1].is_string())
            return false;
        silence.key.push_back({part[0].get<std::string>(), part[1].get<std::string>()});
    }
    return true;
}

/// Empty: there are none. Texts of keys need not be UTF-8.
std::string silencesText(const std::vector<AlertBoard::Silence>& silences) {
    if (silences.empty()) return {};
    Json list = Json::array();
    for (const AlertBoard::Silence& silence : silences) list.push_back(writtenSilence(silence));
    return Json{{"silences", std::move(list)}}.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
}

void keepText(const std::string& pipeline, const std::string& text) {
    const std::string path = silencesPath(pipeline);
    if (text.empty()) {
        std::error_code gone;
        std::filesystem::remove(path, gone);
        return;
    }
    makeFolderOf(path);
    (void)writeWhole(path, text, FileReaders::Owner);
}

}  // namespace

std::string silencesPath(const std::string& pipeline) {
    return dataFolder() + "/silences/" + hexDigest(pipeline) + ".json";
}

std::vector<AlertBoard::Silence> keptSilences(const std::string& pipeline, Instant now) {
    std::vector<AlertBoard::Silence> silences;
    std::string text;
    if (pipeline.empty() || readWhole(silencesPath(pipeline), kMostKept, text)) return silences;
    const Json kept = Json::parse(text, nullptr, false);
    if (!kept.is_object() || !kept.contains("silences") || !kept["silences"].is_array()) return silences;
    for (const Json& each : kept["silences"]) {
        AlertBoard::Silence silence;
        if (readSilence(each, silence) && silence.until > now) silences.push_back(std::move(silence));
    }
    return silences;
}

void keepSilences(const std::string& pipeline, const std::vector<AlertBoard::Silence>& silences) {
    if (!pipeline.empty()) keepText(pipeline, silencesText(silences));
}

SilenceKeeper::SilenceKeeper(const PipelineDocument& document, const AlertFeed& feed)
    : m_document(document), m_feed(feed) {
    connect(&feed, &AlertFeed::changed, this, &SilenceKeeper::keep);
}

SilenceKeeper::~SilenceKeeper() {
    (void)m_worker.wait(kFarewellMillis);
}

void SilenceKeeper::keep() {
    const std::string pipeline = m_document.path().toStdString();
    if (!m_feed.board() || pipeline.empty()) return;
    std::string text = silencesText(m_feed.look().silences);
    const bool other = pipeline != m_pipeline;
    if (other ? text.empty() : text == m_kept) return;
    m_pipeline = pipeline;
    m_kept = text;
    m_worker.start([pipeline, text = std::move(text)] { keepText(pipeline, text); });
}

}  // namespace rw::ui
