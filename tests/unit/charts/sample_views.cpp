#include "tests/unit/charts/sample_views.h"

namespace rw::test {

SchemaRef schema() {
    static const auto kSchema = std::make_shared<const Schema>(Schema{{{"ts", Type::of(TypeId::Timestamp)},
                                                                       {"core", Type::of(TypeId::Int)},
                                                                       {"load", Type::of(TypeId::Double)}}});
    return kSchema;
}

ChartColumn column(int index) {
    const Field& field = schema()->fields[static_cast<std::size_t>(index)];
    return {index, field.name, field.type};
}

Batch rows(int count, double (*load)(int)) {
    ColumnBuilder times(Type::of(TypeId::Timestamp)), cores(Type::of(TypeId::Int)),
        loads(Type::of(TypeId::Double));
    for (int i = 0; i < count; ++i) {
        times.append(Instant{1'700'000'000'000} + i * 500);
        cores.append(std::int32_t{i % 2});
        loads.append(load(i));
    }
    Batch batch;
    batch.schema = schema();
    batch.rows = static_cast<std::size_t>(count);
    batch.columns = {times.finish(), cores.finish(), loads.finish()};
    return batch;
}

std::shared_ptr<LineView> lineView(int count) {
    LineInfo info;
    info.x = column(0);
    info.y = {column(2)};
    info.series = column(1);
    info.unit = "%";
    auto view = std::make_shared<LineView>(info);
    view->add(rows(count));
    view->setWatermark(kMaxTimestamp);
    return view;
}

std::shared_ptr<LineView> dailyView(int days) {
    const Type time = Type::of(TypeId::Timestamp), number = Type::of(TypeId::Double);
    LineInfo info;
    info.x = {0, "window_time", time};
    info.windowStart = {1, "window_start", time};
    info.y = {{2, "n", number}};
    info.span = 0;
    ColumnBuilder times(time), starts(time), values(number);
    for (int i = 0; i < days; ++i) {
        times.append(kFirstDay + (i + 1) * kDay - 1);
        starts.append(kFirstDay + i * kDay);
        values.append(i + 1.0);
    }
    Batch batch;
    batch.schema = std::make_shared<const Schema>(
        Schema{{{"window_time", time}, {"window_start", time}, {"n", number}}});
    batch.rows = static_cast<std::size_t>(days);
    batch.columns = {times.finish(), starts.finish(), values.finish()};
    auto view = std::make_shared<LineView>(info);
    view->add(batch);
    view->setWatermark(kMaxTimestamp);
    return view;
}

int pixelsOf(const QImage& image, const QColor& color) {
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor at = image.pixelColor(x, y);
            const int far = std::abs(at.red() - color.red()) + std::abs(at.green() - color.green()) +
                            std::abs(at.blue() - color.blue());
            count += far < 24 ? 1 : 0;
        }
    }
    return count;
}

}  // namespace rw::test
