#include "core/connect/files/tape_layout.h"

#include <xxhash.h>
#include <zstd.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <memory>
#include <new>

#include "core/data/state_reader.h"

namespace rw::tape_layout {

static_assert(std::endian::native == std::endian::little, "numbers are written as they lie in memory");

namespace {

constexpr std::uint32_t kMark = 0x4B424C52;  // “RLBK”
constexpr int kLevel = 1;                    // the fastest: a recording must keep up
constexpr std::size_t kSumAt = kBlockHeaderSize - sizeof(std::uint64_t);

template <class T>
void put(std::string& out, const T& value) {
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

template <class T>
T taken(std::string_view& bytes) {
    T value{};
    std::memcpy(&value, bytes.data(), sizeof value);
    bytes.remove_prefix(sizeof value);
    return value;
}

std::uint64_t sumOf(std::string_view header, std::string_view stored) {
    const std::string_view summed = header.substr(0, kSumAt);
    return XXH3_64bits_withSeed(stored.data(), stored.size(), XXH3_64bits(summed.data(), summed.size()));
}

}  // namespace

std::string fileHeader(std::uint32_t version) {
    std::string out(kMagic);
    put(out, version);
    put(out, std::uint32_t{0});
    return out;
}

Result<std::string> block(BlockHeader header, std::string_view payload) {
    if (payload.size() > kMostPayload) {
        return Status(ErrorCode::Io, RW_TEXT("tape", "A piece of input is too large for a tape."),
                      RW_TEXT("tape", "Run the pipeline without recording it."));
    }
    std::string stored(ZSTD_compressBound(payload.size()), '\0');
    const std::size_t size =
        ZSTD_compress(stored.data(), stored.size(), payload.data(), payload.size(), kLevel);
    if (ZSTD_isError(size) != 0) {
        return Status(ErrorCode::Internal,
                      RW_TEXT("tape", "Compressing failed: %1.").with(ZSTD_getErrorName(size)), {});
    }
    stored.resize(size);
    std::string out;
    out.reserve(kBlockHeaderSize + size);
    put(out, kMark);
    put(out, header.kind);
    put(out, std::uint8_t{0});
    put(out, header.source);
    put(out, static_cast<std::uint32_t>(size));
    put(out, static_cast<std::uint32_t>(payload.size()));
    put(out, header.pieces);
    put(out, std::uint32_t{0});
    put(out, header.firstPiece);
    put(out, header.rows);
    put(out, header.firstAt);
    put(out, header.lastAt);
    put(out, header.watermark);
    put(out, sumOf(out, stored));
    return out + stored;
}

bool readHeader(std::string_view bytes, BlockHeader& header) {
    if (bytes.size() < kBlockHeaderSize || taken<std::uint32_t>(bytes) != kMark) return false;
    header.kind = static_cast<BlockKind>(taken<std::uint8_t>(bytes));
    (void)taken<std::uint8_t>(bytes);
    header.source = taken<std::uint16_t>(bytes);
    header.stored = taken<std::uint32_t>(bytes);
    header.size = taken<std::uint32_t>(bytes);
    header.pieces = taken<std::uint32_t>(bytes);
    (void)taken<std::uint32_t>(bytes);
    header.firstPiece = taken<std::uint64_t>(bytes);
    header.rows = taken<std::uint64_t>(bytes);
    header.firstAt = taken<std::int64_t>(bytes);
    header.lastAt = taken<std::int64_t>(bytes);
    header.watermark = taken<Instant>(bytes);
    return header.kind >= BlockKind::Head && header.kind <= BlockKind::Messages &&
           header.size <= kMostPayload && header.stored <= ZSTD_compressBound(header.size);
}

bool isWhole(std::string_view header, std::string_view stored) {
    std::string_view sum = header.substr(kSumAt);
    return taken<std::uint64_t>(sum) == sumOf(header, stored);
}

Result<std::string> unpacked(const BlockHeader& header, std::string_view stored) {
    // The size comes from the file: memory is asked for as the payload comes.
    constexpr std::size_t kStep = std::size_t{1} << 20;
    const auto broken = [] { return brokenState("a block of a tape"); };
    if (ZSTD_getFrameContentSize(stored.data(), stored.size()) != header.size) return broken();
    const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(), ZSTD_freeDCtx);
    if (!context) throw std::bad_alloc();
    std::string out;
    ZSTD_inBuffer from{stored.data(), stored.size(), 0};
    for (std::size_t left = 1; left != 0;) {
        const std::size_t have = out.size();
        const std::size_t most = std::min<std::size_t>(header.size - have, std::max(kStep, have));
        out.resize(have + most);
        ZSTD_outBuffer to{out.data() + have, most, 0};
        const std::size_t readBefore = from.pos;
        left = ZSTD_decompressStream(context.get(), &to, &from);
        if (ZSTD_isError(left) != 0 || (to.pos == 0 && from.pos == readBefore && left != 0)) return broken();
        out.resize(have + to.pos);
    }
    if (out.size() != header.size || from.pos != from.size) return broken();
    return out;
}

}  // namespace rw::tape_layout
