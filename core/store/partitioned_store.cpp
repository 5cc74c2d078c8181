#include "core/store/partitioned_store.h"

#include <algorithm>
#include <utility>

namespace rw {

namespace {
/// More layers over a file are merged into it, whatever memory there is: each is looked into for each key.
constexpr std::size_t kMostLayers = 4;
/// What a section takes of a table of contents.
constexpr std::size_t kBytesOfEntry = sizeof(SortedRun::Section) + sizeof(std::uint64_t);
/// Tables of contents of so many bytes are there at least before sections become larger; and these do not
/// become larger than that.
constexpr std::size_t kLeastTables = std::size_t{64} << 10, kMostSectionBytes = std::size_t{64} << 10;
}  // namespace

class PartitionedStore::Snapshot final : public StoreSnapshot {
 public:
    explicit Snapshot(const std::array<Part, kKeyGroups>& parts) {
        for (std::size_t i = 0; i < parts.size(); ++i) m_parts[i] = parts[i].fixed;
    }
    Result<std::unique_ptr<StoreScan>> scan(int keyGroup) const override {
        const Fixed& part = m_parts[static_cast<std::size_t>(keyGroup)];
        return std::unique_ptr<StoreScan>(std::make_unique<PartScan>(part.file, part.layers));
    }

 private:
    std::array<Fixed, kKeyGroups> m_parts{};
};

/// Whether the key is among the changes, which then say its value.
bool PartitionedStore::findChange(const Part& part, const StoreKey& key, std::size_t index,
                                  StoreValues& values) {
    const auto in = [&](const DeltaTable& table) {
        const std::uint32_t number = table.find(key);
        if (number == DeltaTable::kAbsent) return false;
        if (const auto value = table.value(number)) values.set(index, *value);
        return true;
    };
    if (part.open && in(*part.open)) return true;
    const DeltaLayers& layers = part.fixed.layers;
    return std::any_of(layers.rbegin(), layers.rend(), [&in](const auto& layer) { return in(*layer); });
}

/// The values of keys[i], i in `asked`, all of one key group.
Status PartitionedStore::readFile(const PartFile& file, std::span<const StoreKey> keys,
                                  std::span<const std::size_t> asked, StoreValues& values) {
    const auto& hashes = file.hashes;
    const auto sections = file.run->sections();
    SortedRun::Reader reader(*file.run);
    PartSection section;
    std::size_t at = 0, read = sections.size();  // the section read last: none yet
    for (const std::size_t index : asked) {
        const StoreKey& key = keys[index];
        if (!file.filter.mayHave(key.hash)) continue;
        // Keys of one hash may be in two sections.
        const auto from = static_cast<std::size_t>(std::lower_bound(hashes.begin(), hashes.end(), key.hash) -
                                                   hashes.begin());
        at = std::max(at, from == 0 ? 0 : from - 1);
        for (; at < sections.size() && hashes[at] <= key.hash; ++at) {
            if (at != read) {
                RW_TRY_ASSIGN(std::string bytes, reader.read(sections[at]));
                section = PartSection(std::move(bytes));
                read = at;
            }
            while (!section.atEnd() && section.key() < key) section.next();
            if (section.atEnd()) continue;
            if (section.key() == key) values.set(index, section.value());
            break;
        }
    }
    return {};
}

Status PartitionedStore::get(std::span<const StoreKey> keys, StoreValues& values) {
    values.reset(keys.size());
    for (std::size_t from = 0, end = 0; from < keys.size(); from = end) {
        const Part& part = partOf(keys[from]);
        m_asked.clear();
        for (; end < keys.size() && keys[end].keyGroup() == keys[from].keyGroup(); ++end) {
            if (!findChange(part, keys[end], end, values)) m_asked.push_back(end);
        }
        if (part.fixed.file) RW_TRY(readFile(*part.fixed.file, keys, m_asked, values));
    }
    return {};
}

void PartitionedStore::set(const StoreKey& key, std::optional<std::string_view> value) {
    Part& part = partOf(key);
    if (!part.open) part.open = std::make_shared<DeltaTable>();
    const std::size_t before = part.open->size() == 0 ? 0 : part.open->memoryBytes();
    part.open->set(key, value);
    const std::size_t more = part.open->memoryBytes() - before;
    part.deltaBytes += more;
    m_deltaBytes += more;
}

Status PartitionedStore::put(std::span<const StoreKey> keys, const StoreValues& values) {
    RW_TRY(checkRows(keys, values));
    for (std::size_t i = 0; i < keys.size(); ++i) set(keys[i], values.at(i));
    return {};
}

Status PartitionedStore::erase(std::span<const StoreKey> keys) {
    for (const StoreKey& key : keys) set(key, std::nullopt);
    return {};
}

/// The changes do not change any more: others are over them.
void PartitionedStore::seal(Part& part) {
    if (part.open) part.fixed.layers.push_back(std::exchange(part.open, nullptr));
}

Result<std::unique_ptr<StoreScan>> PartitionedStore::scan(int keyGroup) {
    const Part& part = m_parts[static_cast<std::size_t>(keyGroup)];
    DeltaLayers layers = part.fixed.layers;
    if (part.open) layers.push_back(part.open);
    return std::unique_ptr<StoreScan>(std::make_unique<PartScan>(part.fixed.file, std::move(layers)));
}

Result<std::unique_ptr<StoreSnapshot>> PartitionedStore::snapshot() {
    for (Part& part : m_parts) seal(part);
    return std::unique_ptr<StoreSnapshot>(std::make_unique<Snapshot>(m_parts));
}

std::size_t PartitionedStore::Merge::memoryBytes() const {
    return sizeof *this + scan.memoryBytes() + filter.memoryBytes() + rows.bytes() + section.capacity() +
           hashes.capacity() * sizeof(std::uint64_t);
}

/// What tables of contents and filters leave of the memory, but never so little that files are written for a
/// few changes.
std::size_t PartitionedStore::deltaRoom() const {
    return std::max(m_memory - std::min(m_fileMemory, m_memory), m_memory / 4);
}

/// Of a key: filters take at most half of the memory.
std::size_t PartitionedStore::filterBits() const {
    const std::uint64_t rows = std::max<std::uint64_t>(size().rows, 1);
    const std::uint64_t bits = m_memory / 2 * 8 / rows;
    return bits < PartFilter::kLeastBits ? 0 : std::min<std::uint64_t>(bits, PartFilter::kMostBits);
}

/// Tables of contents take a quarter of the memory at most, as long as sections of some size suffice for
/// that.
std::size_t PartitionedStore::sectionBytes() const {
    const std::uint64_t room = std::max(m_memory / 4, kLeastTables);
    return static_cast<std::size_t>(
        std::clamp<std::uint64_t>(size().files * kBytesOfEntry / room, kPartSectionBytes, kMostSectionBytes));
}

bool PartitionedStore::hasWork() const {
    if (m_merge || m_deltaBytes > deltaRoom()) return true;
    return std::any_of(m_parts.begin(), m_parts.end(),
                       [](const Part& part) { return part.fixed.layers.size() > kMostLayers; });
}

/// With the key group that has too many layers, or else most changes: it writes the fewest bytes for each.
void PartitionedStore::begin() {
    const auto part = std::max_element(m_parts.begin(), m_parts.end(), [](const Part& a, const Part& b) {
        const bool manyA = a.fixed.layers.size() > kMostLayers, manyB = b.fixed.layers.size() > kMostLayers;
        return manyA != manyB ? manyB : a.deltaBytes < b.deltaBytes;
    });
    seal(*part);
    m_merge = std::make_unique<Merge>(static_cast<int>(part - m_parts.begin()), part->fixed, filterBits(),
                                      sectionBytes());
}

Status PartitionedStore::work(std::size_t bytes) {
    for (std::size_t done = 0; done < bytes && hasWork();) {
        if (!m_merge) begin();
        const Result<std::size_t> more = mergeSome();
        if (!more.ok()) {
            m_merge.reset();  // with its file
            return more.status();
        }
        done += *more;
    }
    return {};
}

/// About how many bytes went through it.
Result<std::size_t> PartitionedStore::mergeSome() {
    RW_TRY_ASSIGN(const bool more, m_merge->scan.next(m_merge->rows));
    const StoreRows& rows = m_merge->rows;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const StoreKey key = rows.key(row);
        if (m_merge->items++ == 0) m_merge->firstHash = key.hash;
        m_merge->filter.add(key.hash);
        PartSection::append(key, rows.value(row), m_merge->section);
        if (m_merge->section.size() >= m_merge->sectionBytes) RW_TRY(writeSection());
    }
    const std::size_t bytes = std::max(rows.bytes(), kPartSectionBytes);  // as many may have been read
    if (!more) RW_TRY(endMerge());
    return bytes;
}

Status PartitionedStore::writeSection() {
    if (!m_merge->writer) {
        RW_TRY_ASSIGN(m_merge->writer, SortedRunWriter::create(m_folder));
    }
    RW_TRY(m_merge->writer->add(m_merge->keyGroup, m_merge->items, m_merge->section));
    m_merge->hashes.push_back(m_merge->firstHash);
    m_merge->section.clear();
    m_merge->items = 0;
    return {};
}

/// The new file has the place of the old one and of the layers that are in it now.
Status PartitionedStore::endMerge() {
    if (m_merge->items > 0) RW_TRY(writeSection());
    std::shared_ptr<PartFile> file;
    if (m_merge->writer) {
        RW_TRY_ASSIGN(std::unique_ptr<SortedRun> run, m_merge->writer->finish());
        m_merge->hashes.shrink_to_fit();
        file = std::make_shared<PartFile>(
            PartFile{std::move(run), std::move(m_merge->hashes), std::move(m_merge->filter)});
    }
    Part& part = m_parts[static_cast<std::size_t>(m_merge->keyGroup)];
    DeltaLayers& layers = part.fixed.layers;
    const auto merged = layers.begin() + static_cast<std::ptrdiff_t>(m_merge->layers);
    std::size_t less = 0;
    std::for_each(layers.begin(), merged, [&less](const auto& layer) { less += layer->memoryBytes(); });
    part.deltaBytes -= less;
    m_deltaBytes -= less;
    layers.erase(layers.begin(), merged);
    m_fileMemory += (file ? file->memoryBytes() : 0);
    m_fileMemory -= (part.fixed.file ? part.fixed.file->memoryBytes() : 0);
    part.fixed.file = std::move(file);
    m_merge.reset();
    return {};
}

KeyedStore::Size PartitionedStore::size() const {
    Size size{sizeof *this + m_deltaBytes + m_fileMemory + (m_merge ? m_merge->memoryBytes() : 0), 0, 0};
    for (const Part& part : m_parts) {
        if (part.open) size.rows += part.open->size();
        for (const auto& layer : part.fixed.layers) size.rows += layer->size();
        if (!part.fixed.file) continue;
        size.files += part.fixed.file->run->bytes();
        size.rows += part.fixed.file->run->items();
    }
    return size;
}

}  // namespace rw
