#include "core/learn/models/stored_fields.h"

#include <cmath>
#include <cstring>

namespace rw::learn {

namespace {

bool allFinite(const std::vector<double>& values) {
    for (const double value : values) {
        if (!std::isfinite(value)) return false;
    }
    return true;
}

}  // namespace

void FieldsToState::numbers(std::string_view name, std::vector<double>& values) {
    m_out.bytes(name, {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(double)});
}

/// Each behind its length, a u32.
void FieldsToState::texts(std::string_view name, std::vector<std::string>& values, std::size_t) {
    std::string bytes;
    for (const std::string& text : values) {
        const auto size = static_cast<std::uint32_t>(text.size());
        bytes.append(reinterpret_cast<const char*>(&size), sizeof size);
        bytes += text;
    }
    m_out.bytes(name, bytes);
}

void FieldsFromState::broken(std::string_view what) {
    if (m_status.ok()) m_status = brokenState(what);
}

void FieldsFromState::number(std::string_view name, double& value) {
    if (!m_status.ok()) return;
    Result<double> read = m_state.f64(name);
    if (!read.ok()) {
        m_status = read.status();
    } else if (!std::isfinite(read.value())) {
        broken("number of a model");
    } else {
        value = read.value();
    }
}

void FieldsFromState::count(std::string_view name, std::uint64_t& value) {
    if (!m_status.ok()) return;
    Result<std::uint64_t> read = m_state.u64(name);
    if (!read.ok()) {
        m_status = read.status();
    } else {
        value = read.value();
    }
}

std::string_view FieldsFromState::bytes(std::string_view name) {
    if (!m_status.ok()) return {};
    Result<std::string_view> read = m_state.bytes(name);
    if (read.ok()) return read.value();
    m_status = read.status();
    return {};
}

void FieldsFromState::numbers(std::string_view name, std::vector<double>& values) {
    std::vector<double> read = values;
    list(name, read, values.size());
    if (m_status.ok() && read.size() != values.size()) broken("number of a model's values");
    if (m_status.ok()) values = std::move(read);
}

void FieldsFromState::list(std::string_view name, std::vector<double>& values, std::size_t most) {
    const std::string_view read = bytes(name);
    if (!m_status.ok()) return;
    if (read.size() % sizeof(double) != 0 || read.size() / sizeof(double) > most)
        return broken("size of a model's list");
    std::vector<double> out(read.size() / sizeof(double));
    if (!read.empty()) std::memcpy(out.data(), read.data(), read.size());
    if (!allFinite(out)) return broken("number of a model");
    values = std::move(out);
}

void FieldsFromState::texts(std::string_view name, std::vector<std::string>& values, std::size_t most) {
    std::string_view read = bytes(name);
    if (!m_status.ok()) return;
    std::vector<std::string> out;
    while (!read.empty()) {
        std::uint32_t size = 0;
        if (read.size() < sizeof size) return broken("size of a model's text");
        std::memcpy(&size, read.data(), sizeof size);
        read.remove_prefix(sizeof size);
        if (size > read.size() || out.size() == most) return broken("texts of a model");
        out.emplace_back(read.substr(0, size));
        read.remove_prefix(size);
    }
    values = std::move(out);
}

}  // namespace rw::learn
