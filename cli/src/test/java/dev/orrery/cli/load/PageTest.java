package dev.orrery.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class PageTest {

    @Test
    void a_load_becomes_a_page_with_three_charts_that_asks_nobody() throws Exception {
        Inside inside = new Inside(List.of(new Inside.Time("compute", 9, 3, null)), Map.of("orrery_x", 1.0));
        Measured measured = new Measured(
                100.0,
                null,
                Made.run(500, 3, 1),
                new Own.Cost(10, 0),
                inside,
                List.of(new Machine.Used("kafka", 1.0, null, null)));

        String page = Page.of(Made.report(Report.Kind.LOAD, measured));

        assertThat(parsed(page).getElementsByTagName("svg").getLength()).isEqualTo(3);
        assertThat(page)
                .contains("rows of &lt;a file&gt;", "turned away, 503", "&lt;full&gt; &amp; busy", "compute")
                .doesNotContain("http:", "https:", "src=", "NaN", "Infinity");
    }

    @Test
    void a_ramp_shows_its_knee() throws Exception {
        String page = Page.of(Made.report(
                Report.Kind.RAMP, Made.measured(10, 500, 0), Made.measured(20, 500, 0), Made.measured(40, 90_000, 9)));

        assertThat(parsed(page).getElementsByTagName("svg").getLength()).isEqualTo(2);
        assertThat(page).contains("Latency by rate").doesNotContain("NaN", "Infinity");
    }

    private static Document parsed(String page) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)));
    }
}
