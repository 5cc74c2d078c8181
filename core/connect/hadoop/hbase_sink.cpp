#include "core/connect/hadoop/hbase_sink.h"

#include <algorithm>

#include "core/data/state_reader.h"
#include "core/data/text.h"

namespace rw {

namespace {

constexpr const char* kJsonType = "application/json";

HttpSender::About senderFor(const HbaseTarget& target, const MakeContext& context) {
    HttpSender::About about;
    about.giveUpAfter = target.giveUpAfter;
    about.stopping = context.stopping;
    about.sendsPages = false;
    return about;
}

HttpRequest hbaseRequest(HttpMethod method, std::string path, std::string body = {}) {
    HttpRequest request;
    request.method = method;
    request.path = std::move(path);
    request.body = std::move(body);
    request.headers = {{"Accept", kJsonType}, {"X-XSRF-HEADER", "rillwright"}};
    if (method == HttpMethod::Put) request.headers.push_back({"Content-Type", kJsonType});
    return request;
}

std::string listOf(const std::vector<std::string>& names) {
    std::string list;
    for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
    return list;
}

}  // namespace

HbaseSink::HbaseSink(const HbaseTarget& target, const MakeContext& context, NodeConnection connection)
    : m_target(target),
      m_inEpochs(!context.checkpoints.empty()),
      m_address(connection.field("address")),
      m_sender(std::move(connection), senderFor(target, context)) {}

HbaseSink::~HbaseSink() = default;

Status HbaseSink::open() {
    RW_TRY(m_sender.open());
    const std::string path = hbaseTablePath(m_target.table) + "/schema";
    const Result<HttpSender::Sent> asked = m_sender.sendAtStart(hbaseRequest(HttpMethod::Get, path));
    if (!asked.ok() && asked.error().code == ErrorCode::NotFound) {
        return {ErrorCode::Invalid,
                RW_TEXT("hadoop", "HBase at %1 has no table “%2”.").with(m_address, m_target.table),
                RW_TEXT("hadoop", "Create it in its shell: create '%1', '%2'")
                    .with(m_target.table, m_target.layout.family)};
    }
    RW_TRY(asked.status());
    const std::optional<std::vector<std::string>> families = hbaseFamilies(asked->answer.body);
    if (asked->outcome != HttpSender::Sent::Outcome::Taken || !families) {
        return {ErrorCode::Invalid,
                RW_TEXT("hadoop", "What %1 answers is not what the REST server of HBase answers.")
                    .with(m_address),
                RW_TEXT("hadoop", "Give the connection the address of that server (hbase rest start).")};
    }
    if (std::find(families->begin(), families->end(), m_target.layout.family) != families->end()) return {};
    return {ErrorCode::Invalid,
            RW_TEXT("hadoop", "The table “%1” has no column family “%2”.")
                .with(m_target.table, m_target.layout.family),
            RW_TEXT("hadoop", "It has: %1.").with(listOf(*families))};
}

Status HbaseSink::onBatch(const Batch& batch) {
    for (std::size_t row = 0; row < batch.rows; ++row) {
        const RowKind kind = batch.kind(row);
        if (kind == RowKind::UpdateBefore) continue;  // the row that replaces it follows
        RW_TRY(kind == RowKind::Delete ? remove(batch, row) : put(batch, row));
    }
    return flush(batch);
}

Status HbaseSink::put(const Batch& batch, std::size_t row) {
    Result<std::string> key = hbaseKey(m_target.layout, batch, row);
    Result<std::int64_t> time = std::int64_t{0};
    if (key.ok() && m_target.layout.timestamp >= 0) time = hbaseTime(m_target.layout, batch, row);
    if (!key.ok() || !time.ok()) {
        leaveOut(batch, row, key.ok() ? time.error().message : key.error().message);
        return {};
    }
    // Which of two rows of one key and time would stay, within a request, nobody says.
    const auto [place, isNew] = m_places.try_emplace(std::to_string(*time) + ' ' + *key, m_waiting.size());
    if (isNew) {
        m_waiting.push_back({row, std::move(key).value(), *time});
    } else if (m_target.layout.nullIsEmpty) {
        m_waiting[place->second].row = row;
    } else {
        // Cells that the later row does not have stay those of the earlier one.
        Waiting later{row, std::move(key).value(), *time};
        RW_TRY(flush(batch));
        m_places.emplace(std::to_string(later.time) + ' ' + later.key, 0);
        m_waiting.push_back(std::move(later));
    }
    return m_waiting.size() >= m_target.batch ? flush(batch) : Status();
}

Status HbaseSink::remove(const Batch& batch, std::size_t row) {
    const Result<std::string> key = hbaseKey(m_target.layout, batch, row);
    if (!key.ok()) {
        leaveOut(batch, row, key.error().message);
        return {};
    }
    if (!hasHbasePath(*key)) {
        leaveOut(batch, row,
                 RW_TEXT("hadoop",
                         "A row whose key is no text, ends in * or is one of the server's own words (%1) "
                         "can't be removed over REST.")
                     .with("schema, regions, exists, scanner, ., .."));
        return {};
    }
    RW_TRY(flush(batch));
    const std::string path = hbaseRowPath(m_target.table, *key, m_target.layout.family, nextTime());
    RW_TRY_ASSIGN(const HttpSender::Sent sent, m_sender.send(hbaseRequest(HttpMethod::Delete, path)));
    if (sent.outcome != HttpSender::Sent::Outcome::Taken) leaveOut(batch, row, sent.reason);
    return {};
}

Status HbaseSink::flush(const Batch& batch) {
    if (!m_waiting.empty()) {
        if (m_target.layout.timestamp < 0) {
            const std::int64_t time = nextTime();
            for (Waiting& each : m_waiting) each.time = time;
        }
        RW_TRY(send(batch, 0, m_waiting.size()));
    }
    m_waiting.clear();
    m_places.clear();
    return {};
}

Status HbaseSink::send(const Batch& batch, std::size_t from, std::size_t until) {
    std::vector<std::string> rows;
    std::size_t bytes = 0;
    for (std::size_t i = from; i < until; ++i) {
        const Waiting& each = m_waiting[i];
        std::optional<std::string> row = hbaseRow(m_target.layout, batch, each.row, each.key, each.time);
        if (!row) continue;
        bytes += row->size() + 1;
        if (bytes > kLongestBody && i > from) {
            RW_TRY(send(batch, from, i));
            return send(batch, i, until);
        }
        rows.push_back(*std::move(row));
    }
    if (rows.empty()) return {};
    // The row in the path counts for nothing: those of the body do.
    const std::string path = hbaseTablePath(m_target.table) + "/rows";
    RW_TRY_ASSIGN(const HttpSender::Sent sent,
                  m_sender.send(hbaseRequest(HttpMethod::Put, path, hbaseBody(rows))));
    if (sent.outcome == HttpSender::Sent::Outcome::Taken) return {};
    if (until - from == 1) {
        leaveOut(batch, m_waiting[from].row, sent.reason);
        return {};
    }
    const std::size_t middle = from + (until - from) / 2;
    RW_TRY(send(batch, from, middle));
    return send(batch, middle, until);
}

std::int64_t HbaseSink::nextTime() {
    m_lastTime = std::max(m_lastTime + 1, systemClock()->now());
    return m_lastTime;
}

void HbaseSink::leaveOut(const Batch& batch, std::size_t row, const Text& reason) {
    const std::int64_t position = batch.positions.known() ? batch.positions.at(row) : -1;
    m_unwritable.push_back({rowText(batch, row), position, reason});
}

Status HbaseSink::snapshot(StateWriter& out) const {
    out.i64("last_time", m_lastTime);
    return {};
}

Status HbaseSink::restore(const StateReader& state) {
    RW_TRY_ASSIGN(m_lastTime, state.i64("last_time", 0));
    return {};
}

}  // namespace rw
