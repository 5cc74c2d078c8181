#include "widgets/csv_import/import_choices.h"

#include <algorithm>

namespace rw::ui {

namespace {

const Type kTime{TypeId::Timestamp, 0, 0};

}  // namespace

void ImportChoices::see(CsvPreview preview) {
    m_preview = std::move(preview);
    m_types.clear();
    for (const CsvPreviewColumn& column : m_preview.columns) m_types.emplace_back(column.type);
    guess();
}

void ImportChoices::guess() {
    m_eventTime = m_preview.likelyEventTime();
    if (m_timeByHand) {
        const auto& columns = m_preview.columns;
        const auto chosen = std::find_if(columns.begin(), columns.end(),
                                         [this](const auto& column) { return column.name == *m_timeByHand; });
        m_eventTime = chosen == columns.end() ? -1 : static_cast<int>(chosen - columns.begin());
    }
    for (std::size_t i = 0; i < size(); ++i) {
        const std::string& name = m_preview.columns[i].name;
        if (static_cast<int>(i) == m_eventTime) m_types[i] = kTime;
        const auto chosen = m_byHand.find(name);
        if (chosen == m_byHand.end()) continue;
        const auto offers = offered(i);
        if (std::find(offers.begin(), offers.end(), chosen->second) != offers.end())
            m_types[i] = chosen->second;
    }
    if (m_eventTime >= 0 && m_types[static_cast<std::size_t>(m_eventTime)] != kTime) m_eventTime = -1;
    m_epoch = epochOfTimes();
}

std::vector<std::optional<Type>> ImportChoices::offered(std::size_t column) const {
    std::vector<std::optional<Type>> types;
    for (const TypeId id : {TypeId::String, TypeId::Boolean, TypeId::Int, TypeId::Bigint, TypeId::Double})
        types.emplace_back(Type::of(id));
    types.emplace_back(m_preview.columns[column].decimal());
    types.emplace_back(Type::of(TypeId::Date));
    types.emplace_back(kTime);
    if (m_preview.format.header) types.emplace_back(std::nullopt);
    return types;
}

void ImportChoices::setType(std::size_t column, std::optional<Type> type) {
    m_types[column] = type;
    m_byHand[m_preview.columns[column].name] = type;
    if (static_cast<int>(column) == m_eventTime && type != kTime) m_eventTime = -1;
    m_epoch = epochOfTimes();
}

std::optional<Type> ImportChoices::otherThanText(std::size_t column) const {
    if (m_types[column] != Type::of(TypeId::String)) return std::nullopt;
    return m_preview.columns[column].mostly();
}

void ImportChoices::takeNumbers() {
    const Type number = Type::of(TypeId::Double);
    for (std::size_t i = 0; i < size(); ++i) {
        if (otherThanText(i) == number) setType(i, number);
    }
}

std::vector<std::size_t> ImportChoices::timeColumns() const {
    std::vector<std::size_t> columns;
    for (std::size_t i = 0; i < size(); ++i) {
        const CsvPreviewColumn& column = m_preview.columns[i];
        const bool maybe = column.epoch != CsvFormat::Epoch::None || column.type.is(TypeId::Date) ||
                           column.type.is(TypeId::Timestamp);
        if (m_types[i] == kTime || (m_types[i] && maybe)) columns.push_back(i);
    }
    return columns;
}

void ImportChoices::setEventTime(int column) {
    m_eventTime = column;
    m_timeByHand = std::string();
    if (column >= 0) {
        m_timeByHand = m_preview.columns[static_cast<std::size_t>(column)].name;
        m_types[static_cast<std::size_t>(column)] = m_byHand[*m_timeByHand] = kTime;
    }
    m_epoch = epochOfTimes();
}

CsvFormat::Epoch ImportChoices::epochOfTimes() const {
    const auto of = [this](std::size_t column) {
        return m_types[column] == kTime ? m_preview.columns[column].epoch : CsvFormat::Epoch::None;
    };
    CsvFormat::Epoch found = CsvFormat::Epoch::None;
    if (m_eventTime >= 0) found = of(static_cast<std::size_t>(m_eventTime));
    for (std::size_t i = 0; i < size() && found == CsvFormat::Epoch::None; ++i) found = of(i);
    return found;
}

Millis ImportChoices::disorder() const {
    if (m_eventTime < 0) return 0;
    const CsvPreviewColumn& column = m_preview.columns[static_cast<std::size_t>(m_eventTime)];
    return column.disorder[static_cast<std::size_t>(m_epoch)];
}

Millis ImportChoices::likelyDelay() const {
    if (m_eventTime < 0) return 0;
    const CsvPreviewColumn& column = m_preview.columns[static_cast<std::size_t>(m_eventTime)];
    return rw::likelyDelay(disorder(), column.ties[static_cast<std::size_t>(m_epoch)]);
}

CsvFormat ImportChoices::format() const {
    CsvFormat format = m_preview.format;
    format.epoch = epoch();
    return format;
}

const CsvMisfits& ImportChoices::misfits(std::size_t column) const {
    return m_preview.columns[column].misfits(m_types[column].value_or(Type::of(TypeId::String)), epoch());
}

bool ImportChoices::possible() const {
    return std::any_of(m_types.begin(), m_types.end(), [](const auto& type) { return type.has_value(); });
}

Json ImportChoices::params(const CsvParams& writing) const {
    Json params = writing.paramsOf(format());
    Json& columns = params["columns"] = Json::array();
    for (std::size_t i = 0; i < size(); ++i) {
        if (m_types[i]) columns.push_back(writing.columnOf({m_preview.columns[i].name, *m_types[i]}));
    }
    if (m_eventTime >= 0)
        params["event_time"] = m_preview.columns[static_cast<std::size_t>(m_eventTime)].name;
    if (m_delayed && likelyDelay() > 0) params["watermark_delay"] = formatDuration(likelyDelay());
    return params;
}

}  // namespace rw::ui
