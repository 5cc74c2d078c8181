#include "core/connect/files/compressed_file.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <vector>

#include "core/connect/files/input_files.h"

namespace rw {

namespace {

constexpr std::size_t kPacked = std::size_t{128} << 10;   // bytes read at once
constexpr std::size_t kSkipped = std::size_t{256} << 10;  // bytes of content dropped at once

bool endsWithLetters(std::string_view path, std::string_view ending) {
    if (path.size() <= ending.size()) return false;
    path.remove_prefix(path.size() - ending.size());
    return std::equal(path.begin(), path.end(), ending.begin(), [](char a, char b) {
        return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
    });
}

Status notPacked(const std::string& path, const char* format) {
    return {ErrorCode::Invalid,
            RW_TEXT("files", "“%1” can't be unpacked: its bytes are not those of a %2 file, or are damaged.")
                .with(path, format),
            RW_TEXT("files", "Unpack it by hand to see what it holds, or fetch it again.")};
}

Status cutOff(const std::string& path) {
    return {ErrorCode::Invalid,
            RW_TEXT("files", "“%1” ends in the middle of its compressed bytes.").with(path),
            RW_TEXT("files", "It was not copied whole: fetch it again.")};
}

/// Unpacks one format. Both may hold several parts, one behind the other.
class Unpacker {
 public:
    struct Step {
        std::size_t taken = 0, given = 0;  ///< bytes
        bool broken = false;
    };
    virtual ~Unpacker() = default;
    virtual void begin() = 0;
    virtual Step unpack(std::string_view packed, std::span<char> into) = 0;
    /// Whether the bytes so far may be all: a part ended with them.
    virtual bool mayEnd() const = 0;
    virtual const char* format() const = 0;
};

class Gunzip final : public Unpacker {
 public:
    Gunzip() { m_ready = ::inflateInit2(&m_stream, kGzipOnly) == Z_OK; }
    ~Gunzip() override { ::inflateEnd(&m_stream); }
    Gunzip(const Gunzip&) = delete;
    Gunzip& operator=(const Gunzip&) = delete;

    void begin() override {
        m_ready = m_ready && ::inflateReset(&m_stream) == Z_OK;
        m_atEnd = false;
    }
    Step unpack(std::string_view packed, std::span<char> into) override {
        if (!m_ready) return {.broken = true};
        if (m_atEnd && !packed.empty()) begin();
        m_stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
        m_stream.avail_in = static_cast<uInt>(packed.size());
        m_stream.next_out = reinterpret_cast<Bytef*>(into.data());
        m_stream.avail_out = static_cast<uInt>(into.size());
        const int result = ::inflate(&m_stream, Z_NO_FLUSH);
        m_atEnd = result == Z_STREAM_END;
        return {packed.size() - m_stream.avail_in, into.size() - m_stream.avail_out,
                result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR};
    }
    bool mayEnd() const override { return m_atEnd; }
    const char* format() const override { return "gzip"; }

 private:
    static constexpr int kGzipOnly = 15 + 16;  // the largest window, and gzip's head and checksum
    z_stream m_stream{};
    bool m_ready = false, m_atEnd = false;
};

class Unzstd final : public Unpacker {
 public:
    void begin() override {
        if (m_stream) ::ZSTD_DCtx_reset(m_stream.get(), ZSTD_reset_session_only);
        m_atEnd = false;
    }
    Step unpack(std::string_view packed, std::span<char> into) override {
        if (!m_stream) return {.broken = true};
        ZSTD_inBuffer in{packed.data(), packed.size(), 0};
        ZSTD_outBuffer out{into.data(), into.size(), 0};
        const std::size_t left = ::ZSTD_decompressStream(m_stream.get(), &out, &in);
        m_atEnd = left == 0;
        return {in.pos, out.pos, ::ZSTD_isError(left) != 0};
    }
    bool mayEnd() const override { return m_atEnd; }
    const char* format() const override { return "zstd"; }

 private:
    std::unique_ptr<ZSTD_DStream, decltype(&::ZSTD_freeDStream)> m_stream{::ZSTD_createDStream(),
                                                                          &::ZSTD_freeDStream};
    bool m_atEnd = false;
};

class ContentFile final : public InputFile {
 public:
    ContentFile(std::unique_ptr<InputFile> file, std::uint64_t size, std::unique_ptr<Unpacker> unpacker,
                std::string path)
        : m_file(std::move(file)),
          m_size(size),
          m_unpacker(std::move(unpacker)),
          m_path(std::move(path)),
          m_packed(kPacked) {}

    Result<std::size_t> read(std::uint64_t offset, std::span<char> into) override {
        if (offset < m_at) restart();
        while (m_at < offset) {
            m_skipped.resize(kSkipped);
            const auto left = static_cast<std::size_t>(std::min<std::uint64_t>(kSkipped, offset - m_at));
            RW_TRY_ASSIGN(const std::size_t skipped, unpack(std::span(m_skipped).first(left)));
            if (skipped == 0) return std::size_t{0};
        }
        return unpack(into);
    }

    /// Without a size: that of the file does not tell where the content ends.
    Result<FileState> state() const override {
        RW_TRY_ASSIGN(FileState state, m_file->state());
        state.size = 0;
        return state;
    }

 private:
    void restart() {
        m_unpacker->begin();
        m_at = m_read = 0;
        m_from = m_held = 0;
    }

    /// At its end: that it has not become shorter, which does not show where one of several parts ended.
    Status wasNotCut() const {
        RW_TRY_ASSIGN(const FileState now, m_file->state());
        return now.size < m_size ? truncatedWhileRead(m_path, m_size, now.size) : Status();
    }

    /// The content that follows; 0: there is no more.
    Result<std::size_t> unpack(std::span<char> into) {
        if (into.empty()) return std::size_t{0};
        for (;;) {
            if (m_from == m_held) {
                RW_TRY_ASSIGN(m_held, m_file->read(m_read, m_packed));
                m_from = 0;
                m_read += m_held;
            }
            const std::string_view packed(m_packed.data() + m_from, m_held - m_from);
            if (packed.empty()) RW_TRY(wasNotCut());
            if (packed.empty() && (m_unpacker->mayEnd() || m_read == 0)) return std::size_t{0};
            const Unpacker::Step step = m_unpacker->unpack(packed, into);
            if (step.broken) return notPacked(m_path, m_unpacker->format());
            m_from += step.taken;
            m_at += step.given;
            if (step.given > 0) return step.given;
            if (packed.empty()) return cutOff(m_path);
        }
    }

    std::unique_ptr<InputFile> m_file;
    const std::uint64_t m_size;  ///< of the file when it was opened
    std::unique_ptr<Unpacker> m_unpacker;
    const std::string m_path;
    std::vector<char> m_packed, m_skipped{};
    std::size_t m_from = 0, m_held = 0;  ///< the part of m_packed that is still to be unpacked
    std::uint64_t m_read = 0;            ///< bytes of the file
    std::uint64_t m_at = 0;              ///< place in the content
};

}  // namespace

Compression compressionOf(std::string_view path) {
    if (endsWithLetters(path, ".gz")) return Compression::Gzip;
    return endsWithLetters(path, ".zst") ? Compression::Zstd : Compression::None;
}

Result<std::unique_ptr<InputFile>> openContent(const Files& files, const std::string& path) {
    RW_TRY_ASSIGN(std::unique_ptr<InputFile> file, files.open(path));
    const Compression compression = compressionOf(path);
    if (compression == Compression::None) return file;
    RW_TRY_ASSIGN(const FileState state, file->state());
    std::unique_ptr<Unpacker> unpacker;
    if (compression == Compression::Gzip) {
        unpacker = std::make_unique<Gunzip>();
    } else {
        unpacker = std::make_unique<Unzstd>();
    }
    return std::unique_ptr<InputFile>(
        std::make_unique<ContentFile>(std::move(file), state.size, std::move(unpacker), path));
}

}  // namespace rw
