import "@fontsource-variable/inter/wght.css";
import "@mantine/core/styles.layer.css";
import "@mantine/notifications/styles.layer.css";
import "@mantine/spotlight/styles.layer.css";
import "./styles/index.css";
import { StrictMode } from "react";
import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { Router } from "wouter";
import { queryClient } from "#api/query-client.ts";
import { colorSchemeKey } from "#theme/color-scheme-key.ts";
import { theme } from "#theme/theme.ts";
import { App } from "./app.tsx";
import { useHashLocation, useHashSearch } from "./location/hash-location.ts";

const schemeManager = localStorageColorSchemeManager({ key: colorSchemeKey });
const root = document.getElementById("root");

if (root) {
  createRoot(root).render(
    <StrictMode>
      {/* Its style elements are left out: the style sheet has what they would say (theme/css-variables.ts). */}
      <MantineProvider
        theme={theme}
        defaultColorScheme="auto"
        colorSchemeManager={schemeManager}
        withCssVariables={false}
        withGlobalClasses={false}
      >
        <QueryClientProvider client={queryClient}>
          <Router hook={useHashLocation} searchHook={useHashSearch}>
            <App />
          </Router>
          <Notifications position="bottom-right" />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
