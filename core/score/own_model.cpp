#include "core/score/own_model.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace rw::score {

namespace {

constexpr std::size_t kTileValues = 4'096;  // 32 KiB

template <class T>
double logistic(double raw) {
    return static_cast<double>(T{1} / (T{1} + std::exp(-static_cast<T>(raw))));
}

/// The largest is taken off first, so that no power is infinite.
template <class T>
void softmax(const double* raw, std::size_t size, double* out) {
    const T largest = static_cast<T>(*std::max_element(raw, raw + size));
    T sum{};
    for (std::size_t k = 0; k < size; ++k) {
        const T power = std::exp(static_cast<T>(raw[k]) - largest);
        out[k] = static_cast<double>(power);
        sum += power;
    }
    for (std::size_t k = 0; k < size; ++k) out[k] = static_cast<double>(static_cast<T>(out[k]) / sum);
}

void oneVsRest(const double* raw, std::size_t size, double* out) {
    double sum = 0;
    for (std::size_t k = 0; k < size; ++k) sum += out[k] = logistic<double>(raw[k]);
    for (std::size_t k = 0; k < size; ++k) out[k] /= sum;
}

void appendClass(const Classes& classes, std::size_t best, Type type, ColumnBuilder& out) {
    if (type.is(TypeId::String)) return out.appendString(classes.texts[best]);
    const std::int64_t number = classes.numbers[best];
    if (type.is(TypeId::Boolean)) return out.append(static_cast<std::uint8_t>(number != 0));
    if (type.is(TypeId::Int)) return out.append(static_cast<std::int32_t>(number));
    out.append(number);
}

}  // namespace

OwnModel::OwnModel(ModelHead head, Link link, std::size_t raws, bool floats)
    : Model(std::move(head)),
      m_link(link),
      m_tileRows(std::clamp(kTileValues / std::max<std::size_t>(this->head().inputs.size(), 1), kTile,
                            kMostTileRows)),
      m_raws(raws),
      m_floats(floats) {}

void OwnModel::fill(const Features& features, std::size_t from, Tile& tile) const {
    const std::size_t inputs = features.columns.size();
    tile.rows = std::min(m_tileRows, features.rows - from);
    tile.values.resize(m_tileRows * inputs);
    for (std::size_t i = 0; i < inputs; ++i) {
        const double* const column = features.columns[i].data() + from;
        double* const values = tile.values.data() + i;
        if (head().floats) {
            for (std::size_t r = 0; r < tile.rows; ++r)
                values[r * inputs] = static_cast<double>(static_cast<float>(column[r]));
        } else {
            for (std::size_t r = 0; r < tile.rows; ++r) values[r * inputs] = column[r];
        }
    }
}

void OwnModel::apply(const double* raw, double* linked) const {
    switch (m_link) {
        case Link::Identity:
            std::copy_n(raw, m_raws, linked);
            return;
        case Link::Logistic:
            linked[1] = m_floats ? logistic<float>(*raw) : logistic<double>(*raw);
            linked[0] = m_floats ? static_cast<double>(1.0F - static_cast<float>(linked[1])) : 1 - linked[1];
            return;
        case Link::Softmax:
            return m_floats ? softmax<float>(raw, m_raws, linked) : softmax<double>(raw, m_raws, linked);
        case Link::OneVsRest:
            return oneVsRest(raw, m_raws, linked);
        case Link::Exp:
            for (std::size_t k = 0; k < m_raws; ++k)
                linked[k] =
                    m_floats ? static_cast<double>(std::exp(static_cast<float>(raw[k]))) : std::exp(raw[k]);
            return;
    }
}

std::size_t OwnModel::bestClass(const double* raw, const double* linked) const {
    if (m_raws == 1) return *raw > 0 ? 1 : 0;
    // Probabilities may be equal where the raw numbers are not.
    const double* const by = m_link == Link::OneVsRest || m_link == Link::Softmax ? raw : linked;
    return static_cast<std::size_t>(std::max_element(by, by + m_raws) - by);
}

Status OwnModel::score(const Features& features, std::span<const std::size_t> outputs,
                       std::vector<ColumnRef>& columns) const {
    std::vector<ColumnBuilder> builders;
    for (const std::size_t output : outputs) {
        builders.emplace_back(head().outputs[output].type);
        builders.back().reserve(features.rows);
    }
    Tile tile;
    std::vector<double> raws(m_tileRows * m_raws), linked(linkedSize());
    for (std::size_t from = 0; from < features.rows && !outputs.empty(); from += tile.rows) {
        fill(features, from, tile);
        raw(tile, raws);
        for (std::size_t r = 0; r < tile.rows; ++r) {
            const double* const row = raws.data() + r * m_raws;
            apply(row, linked.data());
            for (std::size_t i = 0; i < outputs.size(); ++i) {
                const ModelOutput& output = head().outputs[outputs[i]];
                if (output.gives == Gives::Class) {
                    appendClass(head().classes, bestClass(row, linked.data()), output.type, builders[i]);
                } else {
                    builders[i].append(output.gives == Gives::Raw ? row[output.item] : linked[output.item]);
                }
            }
        }
    }
    columns.clear();
    for (ColumnBuilder& builder : builders) columns.push_back(builder.finish());
    return {};
}

void OwnModel::contributions(const Features& features, Contributions& out) const {
    const std::size_t width = features.columns.size() + 1;
    out.parts.assign(features.rows * width, 0);
    out.of.resize(features.rows);
    Tile tile;
    std::vector<double> raws(m_tileRows * m_raws), linked(linkedSize());
    for (std::size_t from = 0; from < features.rows; from += tile.rows) {
        fill(features, from, tile);
        raw(tile, raws);
        for (std::size_t r = 0; r < tile.rows; ++r) {
            const double* const row = raws.data() + r * m_raws;
            apply(row, linked.data());
            const std::size_t number = m_raws == 1                 ? 0
                                       : head().classes.size() > 0 ? bestClass(row, linked.data())
                                                                   : 0;
            out.of[from + r] = number;
            explainRow(tile.values.data() + r * (width - 1), number, out.parts.data() + (from + r) * width);
        }
    }
}

}  // namespace rw::score
