// Made-up values: functions of the seed, the row's number and the call's place in its text, so that any row
// can be made again on any thread.
#include <cmath>
#include <numbers>

#include "core/base/random.h"
#include "core/sql/coercion.h"
#include "core/sql/eval/kernels.h"
#include "core/sql/functions/families.h"
#include "core/sql/functions/signatures.h"
#include "core/sql/functions/zipf.h"

namespace rw::sql {

namespace {

/// The random numbers of one call, row by row.
class Draws {
 public:
    explicit Draws(const CallArgs& call)
        : m_key(splitMix64(splitMix64(call.context.seed) + static_cast<std::uint64_t>(call.call.site))),
          m_first(static_cast<std::uint64_t>(call.context.firstRow)) {}
    /// The `turn`th number of a row, uniform in [0, 1).
    double operator()(std::size_t row, std::uint64_t turn = 0) const {
        const std::uint64_t bits = splitMix64(splitMix64(m_key ^ splitMix64(m_first + row)) + turn);
        return static_cast<double>(bits >> 11) * 0x1.0p-53;
    }

 private:
    std::uint64_t m_key;
    std::uint64_t m_first;
};

Vector evaluateRandom(const CallArgs& call) {
    const Draws draws(call);
    Output out(call, sizeof(double), true);
    for (std::size_t row = 0; row < out.rows(); ++row) out.values<double>()[row] = draws(row);
    return out.finish();
}

Vector evaluateNoise(const CallArgs& call) {
    const Draws draws(call);
    Output out(call, sizeof(double), true);
    const auto deviation = kernel::anyReader<double>(call.args[0]);
    for (std::size_t row = 0; row < out.rows(); ++row) {
        // Box and Muller; 1 - u is never 0.
        const double radius = std::sqrt(-2 * std::log(1 - draws(row)));
        out.values<double>()[row] = deviation[row] * radius * std::cos(2 * std::numbers::pi * draws(row, 1));
    }
    return out.finish();
}

Vector evaluatePick(const CallArgs& call) {
    const Draws draws(call);
    ColumnBuilder builder(call.call.type);
    std::shared_ptr<const RowErrors> errors;
    for (const Vector& arg : call.args) errors = mergeErrors(std::move(errors), arg.errors);
    for (std::size_t row = 0; row < call.rows; ++row) {
        const auto place = static_cast<std::size_t>(draws(row) * static_cast<double>(call.args.size()));
        const Vector& arg = call.args[place];
        builder.appendSharing(*arg.column, arg.constant ? 0 : row);
    }
    if (!errors) return {builder.finish(), false, {}};
    const ColumnRef picked = builder.finish();
    auto failed = errors->begin();
    for (std::size_t row = 0; row < call.rows; ++row) {
        if (failed != errors->end() && failed->row == row) {
            builder.appendNull();
            ++failed;
        } else {
            builder.appendSharing(*picked, row);
        }
    }
    return {builder.finish(), false, std::move(errors)};
}

Vector evaluateZipf(const CallArgs& call) {
    const Draws draws(call);
    Output out(call, sizeof(std::int64_t), true);
    const auto count = kernel::anyReader<std::int64_t>(call.args[0]);
    const auto exponent = kernel::anyReader<double>(call.args[1]);
    std::optional<Zipf> zipf;
    std::int64_t n = 0;
    double s = 0;
    for (std::size_t row = 0; row < out.rows(); ++row) {
        if (out.isNull(row)) continue;
        if (!zipf || n != count[row] || s != exponent[row]) {
            n = count[row];
            s = exponent[row];
            if (n < 1 || !(s >= 0) || !std::isfinite(s)) {
                out.fail(row, RW_TEXT("sql", "ZIPF(%1, %2): the first is at least 1, the second at least 0.")
                                  .with(n, s));
                zipf.reset();
                continue;
            }
            zipf.emplace(n, s);
        }
        std::uint64_t turn = 0;
        out.values<std::int64_t>()[row] = zipf->sample([&] { return draws(row, turn++); });
    }
    return out.finish();
}

Parsed<Resolved> resolveZipf(std::span<const ArgInfo> args, std::string_view) {
    auto resolved = accepts("ZIPF", {bigintType(), doubleType()}, bigintType())(args, {});
    const auto* const n = args[0].literal ? std::get_if<std::int32_t>(args[0].literal) : nullptr;
    if (std::holds_alternative<Resolved>(resolved) && n != nullptr && *n < 1) {
        SqlError error;
        error.message = RW_TEXT("sql", "ZIPF draws from the numbers 1 to n; here n is %1.").with(*n);
        error.fix = RW_TEXT("sql", "Write at least 1.");
        error.position = 1;
        return error;
    }
    return resolved;
}

}  // namespace

void addGeneratorFunctions(std::vector<ScalarFunction>& functions) {
    functions.push_back({"RANDOM", "RANDOM()", RW_TEXT("sql", "A number from 0 up to 1, all equally likely."),
                         "generator", 0, 0, accepts("RANDOM", {}, doubleType()), evaluateRandom, false,
                         false});
    functions.push_back(
        {"NOISE", "NOISE(deviation)",
         RW_TEXT("sql", "A normally distributed number around 0 with this standard deviation."), "generator",
         1, 1, accepts("NOISE", {doubleType()}, doubleType()), evaluateNoise, false, false});
    functions.push_back({"PICK", "PICK(a, b, …)", RW_TEXT("sql", "One of the arguments, all equally likely."),
                         "generator", 1, -1, acceptsCommon("PICK"), evaluatePick, false, false});
    functions.push_back(
        {"ZIPF", "ZIPF(n, s)",
         RW_TEXT("sql", "A number from 1 to n, k with a likelihood of 1 / k^s: few are frequent."),
         "generator", 2, 2, resolveZipf, evaluateZipf, true, false});
}

}  // namespace rw::sql
