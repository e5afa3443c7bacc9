import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiError } from './api.js';
import { App } from './app.js';
import { isSignedOut, noteSignedOut } from './queries.js';
import './app.css';

const queries = new QueryClient({
    queryCache: new QueryCache({
        onError(error) {
            if (isSignedOut(error)) noteSignedOut(queries);
        },
    }),
    defaultOptions: {
        queries: {
            // What is wrong with a request does not mend by itself; a process that restarts does.
            retry: (failures, error) => failures < 3 && !(error instanceof ApiError && error.status < 500 && error.status > 0),
            // Events say when there is something new.
            staleTime: 60_000,
        },
    },
});

createRoot(document.getElementById('root') as HTMLElement).render(
    <StrictMode>
        <QueryClientProvider client={queries}>
            <App />
        </QueryClientProvider>
    </StrictMode>,
);
