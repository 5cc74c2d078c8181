#include "core/listen/heard_store.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "core/base/byte_size.h"
#include "core/base/own_folders.h"
#include "core/base/whole_file.h"
#include "core/data/state_reader.h"
#include "core/data/state_writer.h"
#include "core/stream/alerts/alert.h"
#include "core/tape/tape_about.h"
#include "core/tape/tape_piece.h"

namespace rw {

namespace {

namespace fs = std::filesystem;

// A name says whose it is: KEY.PIPELINE.CONNECTION.CONNECTION.heard. So nothing has to be read to forget it.
constexpr const char* kEnding = ".heard";

std::string markOf(const char* what, const std::string& name) {
    return std::string(".") + what + hexDigest(name).substr(0, 16);
}

/// However the path was written on a command line.
std::string normal(const std::string& file) {
    return fs::path(file).lexically_normal().native();
}

std::string bytesOf(const HeardBy& by, const HeardRows& heard) {
    TapeHead head;
    head.start.began = heard.at;
    head.start.sources = {heard.source};
    head.program = RILLWRIGHT_VERSION;
    StateWriter pieces;
    for (const TapePiece& piece : heard.pieces) savePiece(pieces, piece);
    std::string connections;
    for (const std::string& name : by.connections) connections += name + '\n';
    StateWriter out;
    out.bytes("title", by.title);
    out.bytes("pipeline", normal(by.pipeline));
    out.bytes("connections", connections);
    out.u64("rows", heard.count());
    out.bytes("head", saveHead(head));
    out.bytes("pieces", pieces.finish());
    return out.finish();
}

Result<TapeHead> headIn(const StateReader& in) {
    RW_TRY_ASSIGN(const std::string_view about, in.bytes("head"));
    RW_TRY_ASSIGN(TapeHead head, loadHead(about));
    if (head.start.sources.size() != 1)
        return Status(ErrorCode::Invalid, RW_TEXT("listen", "The file does not have what was heard."));
    return head;
}

Status readAbout(const std::string& bytes, KeptSource& about) {
    RW_TRY_ASSIGN(const StateReader in, StateReader::open(bytes));
    RW_TRY_ASSIGN(const TapeHead head, headIn(in));
    RW_TRY_ASSIGN(const std::string_view title, in.bytes("title"));
    RW_TRY_ASSIGN(const std::string_view pipeline, in.bytes("pipeline"));
    RW_TRY_ASSIGN(std::string_view connections, in.bytes("connections"));
    RW_TRY_ASSIGN(about.rows, in.u64("rows"));
    about.by.title = title;
    about.by.pipeline = pipeline;
    for (std::size_t end; (end = connections.find('\n')) != std::string_view::npos;
         connections.remove_prefix(end + 1))
        about.by.connections.emplace_back(connections.substr(0, end));
    about.type = head.start.sources.front().type;
    about.at = head.start.began;
    return {};
}

Result<HeardRows> heardIn(const std::string& bytes) {
    RW_TRY_ASSIGN(const StateReader in, StateReader::open(bytes));
    RW_TRY_ASSIGN(const TapeHead head, headIn(in));
    HeardRows heard;
    heard.source = head.start.sources.front();
    heard.at = head.start.began;
    RW_TRY_ASSIGN(const std::string_view payload, in.bytes("pieces"));
    RW_TRY_ASSIGN(std::vector<SavedPiece> pieces, loadPieces(payload));
    for (SavedPiece& saved : pieces) {
        if (saved.piece.kind == TapePiece::Kind::Rows) RW_TRY(loadRows(saved.rows, saved.piece.rows));
        heard.pieces.push_back(std::move(saved.piece));
    }
    return heard;
}

}  // namespace

HeardStore::HeardStore(std::string folder)
    : m_folder(folder.empty() ? dataFolder() + "/heard" : std::move(folder)) {}

Status HeardStore::keep(const HeardBy& by, const HeardRows& heard) const {
    const std::string bytes = bytesOf(by, heard);
    if (bytes.size() > kMostBytes) {
        return {ErrorCode::Refused,
                RW_TEXT("listen", "What was heard is not kept on disk: it has %1, and at most %2 are kept.")
                    .with(byteSizeText(bytes.size()), byteSizeText(kMostBytes))};
    }
    std::string path = m_folder + '/' + by.key + markOf("p", normal(by.pipeline));
    for (const std::string& name : by.connections) path += markOf("c", name);
    path += kEnding;
    makeFolderOf(path);
    ::chmod(m_folder.c_str(), 0700);
    const WrittenWhole written = writeWhole(path, bytes, FileReaders::Owner);
    if (written.failed) {
        return {ErrorCode::Io,
                RW_TEXT("listen", "What was heard is not kept: “%1” can't be written, %2.")
                    .with(m_folder, written.failed.message()),
                RW_TEXT("listen", "Make room on the disk, or let the folder be written; then listen again.")};
    }
    // The same source, heard for another pipeline before.
    for (const std::string& other : filesWith(by.key)) {
        std::error_code ignored;
        if (other != path) fs::remove(other, ignored);
    }
    dropOldest();
    return {};
}

std::optional<HeardRows> HeardStore::find(const std::string& key) const {
    const std::string path = fileOf(key);
    std::string bytes;
    if (path.empty() || readWhole(path, kMostBytes, bytes)) return std::nullopt;
    Result<HeardRows> heard = heardIn(bytes);
    if (!heard.ok()) return std::nullopt;
    return *std::move(heard);
}

bool HeardStore::has(const std::string& key) const {
    return !fileOf(key).empty();
}

std::vector<KeptSource> HeardStore::all() const {
    std::vector<KeptSource> all;
    for (const std::string& file : filesWith({})) {
        KeptSource about;
        std::string bytes;
        if (readWhole(file, kMostBytes, bytes)) bytes.clear();
        (void)readAbout(bytes, about);
        const std::string name = fs::path(file).filename().native();
        about.by.key = name.substr(0, name.find('.'));
        about.bytes = bytes.size();
        all.push_back(std::move(about));
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const KeptSource& a, const KeptSource& b) { return a.at > b.at; });
    return all;
}

std::size_t HeardStore::forget(const std::string& key) const {
    return remove(key);
}

std::size_t HeardStore::forgetConnection(const std::string& name) const {
    return remove(markOf("c", name));
}

std::size_t HeardStore::forgetPipeline(const std::string& file) const {
    return remove(markOf("p", normal(file)));
}

std::size_t HeardStore::forgetAll() const {
    return remove({});
}

std::vector<std::string> HeardStore::filesWith(const std::string& mark) const {
    std::vector<std::string> files;
    std::error_code failed;
    for (fs::directory_iterator each(m_folder, failed), end; !failed && each != end; each.increment(failed)) {
        const std::string name = each->path().filename().native();
        if (name.ends_with(kEnding) && name.find(mark) != std::string::npos)
            files.push_back(each->path().native());
    }
    return files;
}

std::size_t HeardStore::remove(const std::string& mark) const {
    std::size_t gone = 0;
    for (const std::string& file : filesWith(mark)) {
        std::error_code failed;
        if (fs::remove(file, failed)) ++gone;
    }
    return gone;
}

std::string HeardStore::fileOf(const std::string& key) const {
    const std::vector<std::string> files = filesWith(key);
    return files.empty() ? std::string() : files.front();
}

void HeardStore::dropOldest() const {
    std::vector<std::pair<fs::file_time_type, std::string>> all;
    for (const std::string& file : filesWith({})) {
        std::error_code failed;
        const fs::file_time_type at = fs::last_write_time(file, failed);
        if (!failed) all.emplace_back(at, file);
    }
    std::sort(all.begin(), all.end());
    for (std::size_t oldest = 0; oldest + kMost < all.size(); ++oldest) {
        std::error_code ignored;
        fs::remove(all[oldest].second, ignored);
    }
}

}  // namespace rw
